HOST ?= 127.0.0.1
PORT ?= 7860
PYTHON ?= python3
PYTEST_OPTIONS ?=

RUN := .venv/bin/python -m
INSTALL := deploy/install.sh
LOCK := $(RUN) uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

.PHONY: help serve test check evals own hostile bench train lock clean index browser

help:
	@echo 'make serve   安装依赖、更新索引，在 http://$(HOST):$(PORT) 提供服务（HOST=、PORT= 可改）'
	@echo 'make test    运行全部测试（浏览器测试需要 Chromium，能装则自动安装）'
	@echo 'make check   检查格式、代码规范、类型和目录规则'
	@echo 'make evals   用自带题目评测，未过门槛则失败'
	@echo 'make bench   测量速度'
	@echo 'make train   由标注的消息重新训练理解（八到十五分钟）'
	@echo 'make lock    按 pyproject.toml 把两个依赖锁文件更新到最新版本'
	@echo 'make clean   删除 .venv、索引和缓存'

serve: index
	@$(RUN) ui --host '$(HOST)' --port '$(PORT)'

test: .venv/test.stamp index browser
	@$(RUN) pytest --quiet -rs $(PYTEST_OPTIONS)

check: .venv/test.stamp
	@$(RUN) ruff format --check --quiet --output-format concise || { echo '格式不符：请运行 .venv/bin/ruff format'; exit 1; }
	@$(RUN) ruff check --quiet --output-format concise
	@$(RUN) mypy --no-error-summary
	@$(RUN) pytest --quiet tests/test_layout.py

evals: own hostile

own: .venv/test.stamp index
	@$(RUN) evals run
	@$(RUN) evals run --held

hostile: .venv/test.stamp index
	@$(RUN) evals hostile

bench: .venv/test.stamp index
	@$(RUN) evals bench

train: .venv/test.stamp index
	@$(RUN) assistant.training

lock: .venv/test.stamp
	@$(LOCK) pyproject.toml --output-file requirements.lock
	@$(LOCK) --group test --constraints requirements.lock --output-file tests/requirements.lock

clean:
	@rm -rf .venv corpus/built .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

index: .venv/runtime.stamp
	@$(RUN) ingest build --if-changed

.venv/test.stamp: tests/requirements.lock .venv/runtime.stamp
	@$(INSTALL) tests/requirements.lock 测试工具
	@touch $@

.venv/runtime.stamp: requirements.lock | .venv/bin/python
	@$(INSTALL) requirements.lock 依赖
	@touch $@

# Debian ships venv apart from Python: then the module is there, ensurepip is not.
.venv/bin/python:
	@python=; \
	for name in '$(PYTHON)' python3.13 python3.12 python3.11; do \
		"$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
			&& { python=$$name; break; }; \
	done; \
	if [ -z "$$python" ]; then \
		echo '需要 Python 3.11、3.12 或 3.13，安装命令：apt-get install -y python3 python3-venv' >&2; \
		echo '已装在别处时请指明：make PYTHON=/路径/python3.12 …' >&2; \
		exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "Python $$version 缺少 venv，安装命令：apt-get install -y python$$version-venv" >&2; \
		exit 1; \
	fi; \
	"$$python" -m venv --clear .venv || { rm -rf .venv; exit 1; }

# The headless shell shows pages as Chromium does, in two thirds of the time.
browser:
	@command -v chromium-headless-shell >/dev/null && exit 0; \
	found() { \
		command -v chromium || command -v chromium-browser || command -v google-chrome; \
	} >/dev/null; \
	has_shell() { apt-cache show chromium-headless-shell; } >/dev/null 2>&1; \
	found && ! has_shell && exit 0; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		found || echo '没有 Chromium，跳过浏览器测试。安装命令（需要 root）：apt-get install -y chromium fonts-noto-cjk'; \
		exit 0; \
	fi; \
	echo '正在安装 Chromium……'; \
	export DEBIAN_FRONTEND=noninteractive; \
	install() { apt-get install -y -qq --no-install-recommends "$$1" fonts-noto-cjk; } >/dev/null 2>&1; \
	apt-get update -qq >/dev/null 2>&1; \
	install chromium-headless-shell || found || install chromium || echo 'Chromium 安装失败，跳过浏览器测试。安装命令（需要 root）：apt-get install -y chromium fonts-noto-cjk'
