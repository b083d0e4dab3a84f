"""Invents an edition of any size: names, products and texts as Korean fairs have them, the same ones in every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from exhibitors.search.hangul import split_syllable

SEED = 2024
HALLS = (
    ("교차협력1관", "Cross-Cooperation Hall 1"), ("교차협력2관", "Cross-Cooperation Hall 2"),
    ("혁신관", "Innovation Hall"), ("수출관", "Export Hall"), ("미래기술관", "Future Technology Hall"),
    ("생활관", "Living Hall"), ("식품관", "Food Hall"), ("뷰티관", "Beauty Hall"), ("지역관", "Regional Hall"),
    ("일반관", "General Hall"), ("창업관", "Start-up Hall"), ("녹색관", "Green Hall"),
)  # fmt: skip
THEMES = (("교차협력관", "Cross-Cooperation Halls"), ("산업관", "Industry Halls"), ("소비재관", "Consumer Goods Halls"))
INDUSTRIES = (
    ("기계·설비", "Machinery"), ("로봇·자동화", "Robotics"), ("전기·전자", "Electronics"), ("반도체", "Semiconductors"),
    ("자동차부품", "Car Parts"), ("금속가공", "Metalwork"), ("화학·소재", "Chemicals and Materials"), ("식품", "Food"),
    ("음료·주류", "Beverages"), ("화장품", "Cosmetics"), ("생활용품", "Household Goods"), ("주방용품", "Kitchenware"),
    ("섬유·의류", "Textiles"), ("가구·목재", "Furniture"), ("의료기기", "Medical Devices"), ("바이오", "Biotechnology"),
    ("환경·에너지", "Environment and Energy"), ("건축자재", "Building Materials"), ("소프트웨어", "Software"),
    ("콘텐츠·교육", "Content and Education"), ("포장·인쇄", "Packaging and Printing"), ("물류", "Logistics"),
    ("농수산", "Farming and Fishery"), ("공예", "Crafts"),
)  # fmt: skip

_FIRST = "한대동신삼성광금은우서남북태세미정청경영유명진현원인일보해화천강산솔나다라가아이에코티피하호고로모비수선자조주참큰푸"
_SECOND = "빛성양진원일영우화광신흥창림송정명해산들울솔별샘람디오토루나모비스파노라미리온엔넥텍본담채결향빈율호건국제"
_THIRD = "드스인온나루솔코텍엔"
_TRADES = (
    ("테크", "Tech"), ("푸드", "Food"), ("바이오", "Bio"), ("로보틱스", "Robotics"), ("산업", "Industries"),
    ("공방", "Workshop"), ("전자", "Electronics"), ("정밀", "Precision"), ("기계", "Machinery"), ("시스템", "Systems"),
    ("소프트", "Soft"), ("랩스", "Labs"), ("에너지", "Energy"), ("메디칼", "Medical"), ("코스메틱", "Cosmetics"),
    ("디자인", "Design"), ("물산", "Trading"), ("식품", "Foods"), ("농장", "Farm"), ("토기", "Pottery"),
    ("세라믹", "Ceramics"), ("모빌리티", "Mobility"), ("건설", "Construction"), ("환경", "Environment"),
    ("솔루션", "Solutions"), ("네트웍스", "Networks"), ("에듀", "Edu"), ("엔지니어링", "Engineering"),
    ("코리아", "Korea"), ("글로벌", "Global"), ("컴퍼니", "Company"), ("파트너스", "Partners"), ("마을", "Village"),
    ("떡집", "Rice Cakes"), ("커피", "Coffee"), ("제과", "Bakery"), ("양조", "Brewery"), ("목공소", "Woodworks"),
    ("섬유", "Textile"), ("플라스틱", "Plastics"), ("금속", "Metal"), ("하이텍", "Hitech"), ("옵틱스", "Optics"),
    ("이노베이션", "Innovation"), ("인더스트리", "Industry"), ("", ""), ("", ""), ("", ""),
)  # fmt: skip
_FORMS = ("주식회사 {}", "주식회사 {}", "(주){}", "㈜{}", "{}(주)", "{}", "{}", "{}", "농업회사법인 {}", "{} 협동조합")
_ENGLISH_FORMS = ("{} Co., Ltd.", "{} Co., Ltd.", "{} Inc.", "{} Corp.", "{}", "{}")
_QUALITIES = (
    ("스마트", "smart"), ("휴대용", "portable"), ("산업용", "industrial"), ("친환경", "eco-friendly"),
    ("무선", "wireless"), ("자동", "automatic"), ("초소형", "compact"), ("고효율", "efficient"), ("AI", "AI"),
    ("수제", "handmade"), ("유기농", "organic"), ("가정용", "household"), ("업소용", "commercial"),
    ("저소음", "low-noise"), ("접이식", "folding"), ("방수", "waterproof"), ("국산", "Korean"), ("맞춤형", "custom"),
    ("IoT", "IoT"), ("고온", "high-temperature"), ("천연", "natural"), ("어린이", "children's"), ("캠핑", "camping"),
    ("정밀", "precision"), ("태양광", "solar"), ("전통", "traditional"), ("저당", "low-sugar"), ("차량용", "in-car"),
)  # fmt: skip
_GOODS = (
    ("협동로봇", "collaborative robot"), ("전기차충전기", "EV charger"), ("배터리팩", "battery pack"),
    ("공기청정기", "air purifier"), ("전기밥솥", "rice cooker"), ("커피머신", "coffee machine"), ("드론", "drone"),
    ("온도센서", "temperature sensor"), ("압력센서", "pressure sensor"), ("머신비전 카메라", "machine vision camera"),
    ("레이저 커터", "laser cutter"), ("절삭공구", "cutting tool"), ("금형", "mould"), ("감속기", "reducer"),
    ("컨베이어", "conveyor"), ("물류로봇", "logistics robot"), ("식품포장기", "food packer"), ("라벨프린터", "label printer"),
    ("약밥", "sweet rice"), ("떡볶이 밀키트", "tteokbokki meal kit"), ("김치", "kimchi"), ("막걸리", "makgeolli"),
    ("된장", "soybean paste"), ("건면", "dried noodles"), ("홍삼 음료", "red ginseng drink"), ("오미자청", "omija syrup"),
    ("수제맥주", "craft beer"), ("두유", "soy milk"), ("쌀과자", "rice crackers"), ("김부각", "seaweed crisps"),
    ("선크림", "sunscreen"), ("수분크림", "moisturiser"), ("마스크팩", "sheet mask"), ("샴푸바", "shampoo bar"),
    ("향수", "perfume"), ("도자기 그릇", "ceramic bowl"), ("유기 수저", "brass cutlery"), ("원목 책상", "wooden desk"),
    ("의자", "chair"), ("침구", "bedding"), ("면 마스크", "cotton mask"), ("등산화", "hiking boots"), ("우산", "umbrella"),
    ("혈당측정기", "glucose meter"), ("체온계", "thermometer"), ("재활기기", "rehabilitation device"),
    ("보청기", "hearing aid"), ("진단키트", "diagnostic kit"), ("현미경", "microscope"), ("배양기", "incubator"),
    ("정수기", "water filter"), ("펌프", "pump"), ("밸브", "valve"), ("열교환기", "heat exchanger"), ("보일러", "boiler"),
    ("단열재", "insulation"), ("LED 조명", "LED lighting"), ("창호", "windows"), ("바닥재", "flooring"), ("페인트", "paint"),
    ("접착제", "adhesive"), ("복합소재", "composite"), ("탄소섬유", "carbon fibre"), ("재생플라스틱", "recycled plastic"),
    ("전력변환장치", "power converter"), ("변압기", "transformer"), ("케이블", "cable"), ("커넥터", "connector"),
    ("인쇄회로기판", "circuit board"), ("반도체 장비", "semiconductor equipment"), ("웨이퍼 캐리어", "wafer carrier"),
    ("자동차 시트", "car seat"), ("브레이크 패드", "brake pad"), ("블랙박스", "dash camera"), ("전동킥보드", "e-scooter"),
    ("전기자전거", "e-bike"), ("생산관리시스템", "manufacturing execution system"), ("창고관리 소프트웨어", "warehouse software"),
    ("챗봇", "chatbot"), ("화상회의 솔루션", "video meeting solution"), ("코딩 교구", "coding kit"), ("전자칠판", "smart board"),
    ("그림책", "picture book"), ("보드게임", "board game"), ("골판지 상자", "cardboard box"), ("생분해 봉투", "biodegradable bag"),
    ("스마트팜", "smart farm"), ("비료", "fertiliser"), ("사료", "feed"), ("어구", "fishing gear"), ("한지 공예", "paper craft"),
    ("자개 소품", "mother-of-pearl craft"), ("나전 명함갑", "card case"), ("매듭 장신구", "knotted jewellery"),
)  # fmt: skip
_SENTENCES = (
    ("{maker}은(는) {good} 전문 기업으로 국내외 거래처에 공급하고 있습니다.", "{maker} makes {good} for customers in Korea and abroad."),
    ("스마트공장 구축으로 {good}의 불량률을 {number}% 줄였습니다.", "A smart factory cut the defects of {good} by {number}%."),
    ("특허받은 기술로 만든 {good}을(를) 이번 전시회에서 처음 공개합니다.", "We show our patented {good} for the first time."),
    ("{year}년 설립 이후 품질과 신뢰로 성장해 왔으며 {number}개국에 수출합니다.", "Founded in {year}, we export to {number} countries."),
    ("현장에서 {good} 체험과 구매 상담을 진행합니다.", "Try our {good} and talk to us at the booth."),
    ("{good}에 필요한 설계부터 생산, 유지보수까지 한 번에 제공합니다.", "From design to maintenance, all that {good} needs."),
)  # fmt: skip


@dataclass(frozen=True)
class Product:
    name_ko: str
    name_en: str
    text_ko: str


@dataclass(frozen=True)
class Firm:
    """Halls and industries are numbers into the tuples above; each booth is a hall and a number."""

    name_ko: str
    name_en: str
    main_products_ko: str
    main_products_en: str
    introduction_ko: str
    introduction_en: str
    industries: tuple[int, ...]
    booths: tuple[tuple[int, str], ...]
    products: tuple[Product, ...]


def firms(number: int) -> Iterator[Firm]:
    """The first firms of a bigger number are not those of a smaller one."""
    chance = random.Random(SEED + number)  # noqa: S311 repeatable, not secret
    for place in range(number):
        yield _firm(chance, place)


def _firm(chance: random.Random, place: int) -> Firm:
    stem = _stem(chance)
    trade_ko, trade_en = chance.choice(_TRADES)
    maker, maker_en = f"{stem}{trade_ko}", f"{_romanised(stem)} {trade_en}".strip()
    goods = [_good(chance) for _ in range(chance.choice((1, 2, 2, 3, 3, 4)))]
    is_abroad = chance.random() < 0.6
    return Firm(
        name_ko=chance.choice(_FORMS).format(maker),
        name_en=chance.choice(_ENGLISH_FORMS).format(maker_en) if is_abroad else "",
        main_products_ko=", ".join(ko for ko, _ in goods),
        main_products_en=", ".join(en for _, en in goods) if is_abroad else "",
        introduction_ko=_text(chance, maker, goods, 0),
        introduction_en=_text(chance, maker_en, goods, 1) if is_abroad else "",
        industries=tuple(chance.sample(range(len(INDUSTRIES)), chance.choice((1, 1, 1, 2, 2, 3)))),
        booths=tuple(_booths(chance, place)),
        products=tuple(
            Product(ko, en, _text(chance, maker, [(ko, en)], 0)) for ko, en in goods[: chance.choice((0, 1, 1, 2))]
        ),
    )


def _stem(chance: random.Random) -> str:
    third = chance.choice(_THIRD) if chance.random() < 0.4 else ""
    return chance.choice(_FIRST) + chance.choice(_SECOND) + third


def _good(chance: random.Random) -> tuple[str, str]:
    quality, good = chance.choice(_QUALITIES), chance.choice(_GOODS)
    model = f" {chance.choice('ABDEFHKMSTVX')}{chance.choice('CLNPRX')}-{chance.randint(10, 999)}"
    model = model if chance.random() < 0.3 else ""
    return f"{quality[0]} {good[0]}{model}", f"{quality[1]} {good[1]}{model}"


def _text(chance: random.Random, maker: str, goods: list[tuple[str, str]], language: int) -> str:
    return " ".join(
        sentences[language].format(
            maker=maker,
            good=chance.choice(goods)[language],
            number=chance.randint(2, 60),
            year=chance.randint(1961, 2023),
        )
        for sentences in chance.sample(_SENTENCES, chance.choice((2, 3, 4)))
    )


def _booths(chance: random.Random, place: int) -> Iterator[tuple[int, str]]:
    """A few have none yet, a few two; the letter is an aisle."""
    hall = place % len(HALLS)
    for aisle in chance.sample("ABCDEFGH", chance.choice((0, *[1] * 16, 2, 2, 2))):
        yield hall, f"{aisle}-{place // len(HALLS) + 1:02}"


_LETTERS = dict(
    zip(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
        "g kk n d tt r m b pp s ss  j jj ch k t p h a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" "),
        strict=True,
    )
)  # fmt: skip
_FINAL_LETTERS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅅ": "t", "ㅇ": "ng"}


def _romanised(text: str) -> str:
    parts = [split_syllable(syllable) for syllable in text]
    return "".join(_LETTERS[i] + _LETTERS[m] + _FINAL_LETTERS.get(f, "t") for i, m, f in parts).capitalize()
