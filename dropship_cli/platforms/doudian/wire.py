"""What Doudian answers, in its own spelling and with its oddities; pydantic reads it, nothing is decided here.

Numbers come as text and text as numbers, empty maps as `[]`, members are missing, null or unknown: all of that
is accepted (doudian.md sections 1, 3-5, 7). What must be there is required: without it an answer can't be trusted.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

Id = Annotated[str, Field(pattern=r"^[\w-]+$")]
"""Text or a number there, text here; a number that went through a float is neither (`6.9e+17`)."""

Int = Annotated[int, Field(ge=-(2**63), lt=2**63)]
"""What any file or clock can hold; a longer number is a broken answer."""


def _no_bool(raw: Any) -> Any:
    if isinstance(raw, bool):
        raise ValueError("no number")
    return raw


Code = Annotated[Int, BeforeValidator(_no_bool)]
"""A number that says done or not: `false`, which counts as 0 elsewhere, does not mean "no error"."""

_EMPTY: tuple[object, ...] = (None, "", [], {})


class Wire(BaseModel):
    """A member nobody knows is left alone."""

    model_config = ConfigDict(extra="ignore", defer_build=True, coerce_numbers_to_str=True)


M = TypeVar("M", bound=Wire)


def read(model: type[M], raw: Any) -> M:
    """`raw` as the model has it. Raises `ValueError`, whose text may hold the data: never show it.

    Most answers are plain and pass at once; one with null, empty text or `[]` where a number, a text or a map
    belongs is read again without these members.
    """
    try:
        return model.model_validate(raw)
    except ValidationError:
        return model.model_validate(_without_empty(raw))


class Envelope(Wire):
    """The new form; `err_no` and `message` are the old one's. One of the two codes has to be there."""

    code: Code | None = None
    err_no: Code | None = None
    msg: str = ""
    message: str = ""
    sub_code: str = ""
    sub_msg: str = ""
    log_id: str = ""
    data: Any = None


class TokenData(Wire):
    """Section 2: `expires_in` are the seconds left."""

    access_token: str = Field(min_length=1)
    refresh_token: str = ""
    expires_in: Int
    shop_id: str = ""
    shop_name: str = ""


class RoleData(Wire):
    role_type: Int


class Pack(Wire):
    """A package; `deliver_id` and `delivery_id` are the same thing."""

    track_no: str = ""
    company_code: str = ""
    deliver_id: str = ""
    delivery_id: str = ""
    ship_num: Int = 0


class Partner(Wire):
    """One binding from either side's list; `band_time` is spelt so."""

    supplier_shop_id: str = ""
    supplier_shop_name: str = ""
    seller_shop_id: str = ""
    seller_shop_name: str = ""
    apply_time: Int = 0
    band_time: Int = 0
    refuse_time: Int = 0
    bind_status: Int = 0


class PartnerPage(Wire):
    supplier_shop_list: list[Partner] = []
    seller_shop_list: list[Partner] = []
    total: Int = 0


class Line(Wire):
    """A dropship order of the merchant's (section 4) or the factory's list or detail (section 5)."""

    distr_order_id: Id
    shop_order_id: str = ""
    order_status: Int = 0
    distr_status: Int = 0
    distr_time: Int = 0
    after_sale_status: Int = 0
    aftersale_status: Int = 0
    distr_order_aftersale_status: Int = 0
    supplier_shop_id: str = ""
    supplier_shop_name: str = ""
    user_id: str = ""
    user_name: str = ""
    exp_ship_time: Int = 0
    pay_time: Int = 0
    ship_time: Int = 0
    seller_words: str = ""
    buyer_words: str = ""
    product_name: str = ""
    product_count: Int = 0
    product_id: str = ""
    product_price: Int = 0
    sku_spec: str = ""
    out_sku_id: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    receiver_id: str = ""
    tracking_no: str = ""
    company_name: str = ""
    distr_cancel_reason: str = ""
    pack_list: list[Pack] = []


class MerchantPage(Wire):
    distr_order_list: list[Line] = []
    total: Int


class FactoryPage(Wire):
    order_list: list[Line] = []
    total: Int


class MerchantDetail(Wire):
    distr_order_detail: Line


class DistributeRow(Wire):
    distr_order_id: str = ""
    supplier_shop_id: str = ""
    err_no: Code
    message: str = ""


class DistributeData(Wire):
    """`distribute_order_reuslts` is spelt so."""

    distribute_order_reuslts: list[DistributeRow]


class CancelData(Wire):
    succ_distr_order_ids: list[str] = []
    fail_distr_order_ids: dict[str, str] = {}


class ShipData(Wire):
    """`waybillReturn` and `waybillUpdate`."""

    return_result: bool
    delivery_id: str = ""
    pack_list: list[Pack] = []


class MultiPack(Wire):
    pack_id: str = ""
    logistics_code: str = ""


class MultiPackData(Wire):
    pack_list: list[MultiPack]


class Ebill(Wire):
    """Section 6: a number with its routing, or a row that failed."""

    distr_order_id: str = ""
    pack_id: str = ""
    track_no: str = ""
    sort_code: str = ""
    package_code: str = ""
    package_code_name: str = ""
    mark_destination_code: str = ""
    mark_destination_code_name: str = ""
    err_code: str = ""
    err_msg: str = ""


class EbillData(Wire):
    ebill_infos: list[Ebill] = []
    err_infos: list[Ebill] = []


class PrintRow(Wire):
    """`logistics.waybillApply`: print data, or a row that failed; the number is the only name of both."""

    track_no: str = ""
    print_data: str = ""
    sign: str = ""
    err_code: str = ""
    err_msg: str = ""


class PrintDataList(Wire):
    waybill_infos: list[PrintRow] = []
    err_infos: list[PrintRow] = []


class Masks(Wire):
    """What may be read beside the cipher in our sandbox's print data; a real platform's is opaque."""

    name: str = ""
    phone: str = ""
    area: str = ""


class Sealed(Wire):
    cipher: str
    masked: Masks = Field(default_factory=Masks)


class ReturnData(Wire):
    return_result: bool


class Company(Wire):
    id: str = ""
    name: str = ""
    code: str = ""


class CompanyList(Wire):
    """The answer is the bare list, or has it one level deeper; either comes here under one name."""

    companies: list[Company]


class ShippedProduct(Wire):
    sku_order_id: str = ""
    product_count: Int = 0


class Logistics(Wire):
    tracking_no: str = ""
    company: str = ""
    delivery_id: str = ""
    ship_time: Int = 0
    product_info: list[ShippedProduct] = []


class AfterSale(Wire):
    after_sale_status: Int = 0
    after_sale_type: Int = 0
    refund_status: Int = 0


class SkuOrder(Wire):
    order_id: str = ""
    order_status: Int = 0
    item_num: Int = 0
    after_sale_info: AfterSale = Field(default_factory=AfterSale)


class ShopOrder(Wire):
    """The merchant's ordinary order (section 7), as far as dropshipping needs it."""

    order_id: str = ""
    order_status: Int = 0
    pay_time: Int = 0
    logistics_info: list[Logistics] = []
    sku_order_list: list[SkuOrder] = []


class ShopOrderDetail(Wire):
    shop_order_detail: ShopOrder


class Region(Wire):
    name: str = ""


class SealedAddress(Wire):
    """`encrypt_detail` is the one part of it that is encrypted."""

    province: Region = Field(default_factory=Region)
    city: Region = Field(default_factory=Region)
    town: Region = Field(default_factory=Region)
    street: Region = Field(default_factory=Region)
    encrypt_detail: str = Field(default="", repr=False)

    def regions(self) -> tuple[Region, Region, Region, Region]:
        """From the widest to the narrowest."""
        return self.province, self.city, self.town, self.street


class SealedOrder(Wire):
    """The ordinary order once more, for its receiver alone: no other reading takes the ciphers along."""

    order_status: Int
    pay_time: Int = 0
    ship_time: Int = 0
    encrypt_post_receiver: str = Field(default="", repr=False)
    encrypt_post_tel: str = Field(default="", repr=False)
    post_addr: SealedAddress = Field(default_factory=SealedAddress)


class SealedOrderDetail(Wire):
    shop_order_detail: SealedOrder


class DecryptRow(Wire):
    auth_id: str = ""
    cipher_text: str = Field(repr=False)
    decrypt_text: str = Field(default="", repr=False)
    err_no: Code = 0
    err_msg: str = ""
    is_virtual_tel: bool = False
    expire_time: Int = 0


class DecryptData(Wire):
    decrypt_infos: list[DecryptRow]


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(member) for key, member in value.items() if member not in _EMPTY}
    return [_without_empty(member) for member in value] if isinstance(value, list) else value
