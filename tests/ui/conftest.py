"""A notice of every shape that the pages have to show."""

from collections.abc import Iterator

import pytest

from corpus.store import Corpus
from ingest.build import build
from tests.browser import run_service
from tests.conftest import FakeEmbedder
from tests.fake_assistant import FakeAssistant
from ui.server import create_app
from ui.settings import UiSettings

SHAPED_ID = "dsf-2025-7"
_TEXT = """东岭市支持数字经济若干措施

东数发〔2025〕7号

各区人民政府：
现将有关措施印发给你们，请认真执行。
一、支持企业上云
（一）分档补助。企业上云按下表补助：
| 档次 | 上云费用 | 补助比例 | 备注 |
|---|---|---|---|
| 甲 | 50万元以上 | 30% | 每家最高20万元 |
| 乙 | 10万元以上 | 20% | 每家最高5万元 |
（市数据局牵头负责）
（二）开展示范。示范分为以下几类：
1.应用示范。每年评选10个，每个奖励10万元。评选办法另行制定。（市工业和信息化局负责）
2.场景示范。
（1）开放政务场景。
（2）开放商业场景，每个奖励5万元。
（市商务局、市财政局负责）
二、附则
本措施自2025年7月1日起施行，有效期至2028年6月30日。由市数据局负责解释。

附件：1.申报表
2.目录

东岭市数据局
2025年6月1日

（联系人：张三，联系电话：0599-1234567）

附件1
申报表
企业名称\t所在地\t金额（万元）
甲公司\t东区\t10
乙公司\t西区\t20

附件2
目录
第一类是软件。第二类是硬件。
"""


@pytest.fixture(scope="session")
def shaped(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Groups, points within points, tables, closing clauses, contact and two annexes."""
    folder = tmp_path_factory.mktemp("shaped")
    path = folder / "shaped.txt"
    path.write_text(_TEXT, encoding="utf-8")
    published = build((path,), folder / "index", FakeEmbedder()).corpus
    assert published is not None
    return published


@pytest.fixture(scope="session")
def shaped_site(shaped: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole service with this notice."""
    settings = UiSettings(feedback_file=tmp_path_factory.mktemp("shaped-site") / "feedback.sqlite3")
    with run_service(create_app(FakeAssistant(shaped), settings)) as address:
        yield address
