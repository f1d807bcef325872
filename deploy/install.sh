#!/bin/sh
# Installs a lock into .venv and says every few seconds how far it is: install.sh LOCK NAME
set -eu

lock=$1 name=$2
log=.venv/install.log
total=$(grep -c '^[a-z0-9].*==' "$lock")
began=$(date +%s)

say() {
  seconds=$(($(date +%s) - began))
  printf '  %s：%s，已用 %d 秒\n' "$name" "$1" "$seconds"
}

echo "正在安装$name（$total 个包）。网络好时一两分钟，慢时五分钟左右；每 10 秒报告一次进度。"
# jieba comes as source only; without the new build interface old pip warns at length.
.venv/bin/python -m pip install --disable-pip-version-check --use-pep517 --require-hashes --progress-bar off \
  --requirement "$lock" >"$log" 2>&1 &
pip=$!
trap 'kill $pip 2>/dev/null || true' INT TERM

waited=0
while kill -0 "$pip" 2>/dev/null; do
  sleep 1
  waited=$((waited + 1))
  [ $((waited % 10)) -eq 0 ] || continue
  if grep -q '^Installing collected' "$log"; then
    say "下载完毕，正在写入 $(ls -d .venv/lib/python3*/site-packages/*.dist-info 2>/dev/null | wc -l) 个包"
  else
    say "已下载 $(grep -c -e '^Collecting' -e '^Requirement already' "$log" || true) / $total 个包"
  fi
done

if ! wait "$pip"; then
  tail -n 15 "$log" >&2
  echo "没有装成。请检查网络后重新运行同一条命令：已下载的会接着用。完整记录在 $log。" >&2
  exit 1
fi
say "装好了"
