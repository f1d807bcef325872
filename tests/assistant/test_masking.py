"""Personal numbers and addresses are taken out of what visitors write; sums, dates and document numbers stay."""

import pytest

from assistant.masking import mask_personal

MASKED = [
    ("我的手机13800138000，请回电", "我的手机〔已隐去手机号〕，请回电"),
    ("138 0013 8000", "〔已隐去手机号〕"),
    ("138-0013-8000或+86 139.0013.8000", "〔已隐去手机号〕或〔已隐去手机号〕"),
    ("１３８００１３８０００", "〔已隐去手机号〕"),
    ("008613800138000", "〔已隐去手机号〕"),
    ("张三138（0013）8000", "张三〔已隐去手机号〕"),
    ("一三八零零一三八零零零", "〔已隐去号码〕"),
    ("身份证370102199001011234", "身份证〔已隐去身份证号〕"),
    ("37010219900101123x", "〔已隐去身份证号〕"),
    ("370102 19900101 123X。", "〔已隐去身份证号〕。"),
    ("旧证370102900101123", "旧证〔已隐去身份证号〕"),
    ("卡号6222 0212 3456 7890 123", "卡号〔已隐去银行卡号〕"),
    ("6222-0212-3456-7890", "〔已隐去银行卡号〕"),
    ("座机0531-88888888", "座机〔已隐去电话〕"),
    ("（0531）8888888", "（〔已隐去电话〕"),
    ("电话：88886666", "电话：〔已隐去电话〕"),
    ("400-123-4567", "〔已隐去电话〕"),
    ("QQ 123456789", "QQ 〔已隐去号码〕"),
    ("写信到zhang.san+a@example.gov.cn吧", "写信到〔已隐去邮箱〕吧"),
    ("zhang＠example．com", "〔已隐去邮箱〕"),
    ("zhang @ example . com", "〔已隐去邮箱〕"),
    ("zhang(at)example(dot)com", "〔已隐去邮箱〕"),
]
KEPT = [
    "鲁科字〔2025〕128号",
    "最高200万元，合计5,000,000元",
    "10000000元、100000000元",
    "2025年11月22日至2027-12-31",
    "20250101",
    "第（九）条第3句",
    "工信部联科〔2025〕110号和12345热线",
    "每年遴选标杆示范场景10个以上",
    "一、二、三、四、五、六、七、八、九、十",
    "",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_personal_details_are_taken_out(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_stay(text: str) -> None:
    assert mask_personal(text) == text


def test_a_long_text_of_digits_is_masked_quickly() -> None:
    assert mask_personal("1 " * 500) == "〔已隐去号码〕 "
    assert "@" not in mask_personal("a@b.cn " * 140)
