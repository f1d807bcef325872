"""Measures how good the answers are (run) and how fast they come (bench); needs the test tools."""

import sys
from importlib.util import find_spec

if any(find_spec(tool) is None for tool in ("scipy", "sklearn", "ir_measures")):
    sys.exit("错误：评测要用的工具没有装。请运行 make evals，它会先安装。")
