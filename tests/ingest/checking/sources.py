"""Notices as the tests of the card need them: read by the real reader from made-up words."""

from ingest.facts.add import add_facts
from ingest.parsing.parse import parse_view
from ingest.parsing.view import view_text
from ingest.publishing.publish import Source

FRONT = "关于支持茶产业的若干措施\n青测字〔2025〕3号\n各区人民政府：\n现将措施印发给你们。\n"
BACK = "青云市人民政府\n2025年1月2日\n"
WHOLE = (
    f"{FRONT}一、扩大种植\n（一）新建茶园。对新建茶园的农户，每亩给予最高2000元补助。（市农业农村局牵头，市财政局配合）\n"
    "（二）改造老茶园。符合下列条件的可以申请：\n1.连片面积50亩以上；\n2.补助不超过投资的30%。\n"
    "二、扩大销售\n（三）开设门店。按照《品牌管理办法》（青测发〔2024〕5号）执行。（市商务局负责）\n"
    f"三、附则\n本措施自2025年2月1日起施行。\n附件：补助标准表\n{BACK}"
    "附件\n补助标准表\n种类\t标准\t期限\n新建\t2000元\t一年\n改造\t1000元\t半年\n"
)


def read_source(text: str) -> Source:
    view = view_text(text)
    return Source(add_facts(parse_view(view, "a"), view), text, "a.txt", "")
