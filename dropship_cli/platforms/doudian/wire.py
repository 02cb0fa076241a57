"""What Doudian answers, in its own spelling and with its oddities; pydantic reads it, nothing is decided here.

Numbers come as text and text as numbers, empty maps as `[]`, members are missing, null or unknown: all of that
is accepted (doudian.md sections 1, 3-5, 7). What must be there is required: without it an answer can't be trusted.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _text(value: Any) -> Any:
    """Ids are numbers here and text there; a float is neither."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _number(value: Any) -> Any:
    return 0 if value in (None, "") else value


def _list(value: Any) -> Any:
    return [] if value in (None, "", {}) else value


def _map(value: Any) -> Any:
    return {} if value in (None, "", []) else value


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[int, BeforeValidator(_number)]
Rows = BeforeValidator(_list)


class Wire(BaseModel):
    """A member nobody knows is left alone."""

    model_config = ConfigDict(extra="ignore", defer_build=True, coerce_numbers_to_str=True)


class Envelope(Wire):
    """The new form; `err_no` and `message` are the old one's. One of the two codes has to be there."""

    code: Annotated[int | None, BeforeValidator(lambda value: None if value == "" else value)] = None
    err_no: Annotated[int | None, BeforeValidator(lambda value: None if value == "" else value)] = None
    msg: Text = ""
    message: Text = ""
    sub_code: Text = ""
    sub_msg: Text = ""
    log_id: Text = ""
    data: Any = None


class TokenData(Wire):
    """Section 2: `expires_in` are the seconds left."""

    access_token: str = Field(min_length=1)
    refresh_token: Text = ""
    expires_in: int
    shop_id: Text = ""
    shop_name: Text = ""


class RoleData(Wire):
    role_type: Number


class Pack(Wire):
    """A package; `deliver_id` and `delivery_id` are the same thing."""

    track_no: Text = ""
    company_code: Text = ""
    deliver_id: Text = ""
    delivery_id: Text = ""
    ship_num: Number = 0


class Partner(Wire):
    """One binding from either side's list; `band_time` is spelt so."""

    supplier_shop_id: Text = ""
    supplier_shop_name: Text = ""
    seller_shop_id: Text = ""
    seller_shop_name: Text = ""
    apply_time: Number = 0
    band_time: Number = 0
    refuse_time: Number = 0
    bind_status: Number = 0


class PartnerPage(Wire):
    supplier_shop_list: Annotated[list[Partner], Rows] = []
    seller_shop_list: Annotated[list[Partner], Rows] = []
    total: Number = 0


class Line(Wire):
    """A dropship order of the merchant's (section 4) or the factory's list or detail (section 5)."""

    distr_order_id: Annotated[str, BeforeValidator(_text), Field(min_length=1)]
    shop_order_id: Text = ""
    order_status: Number = 0
    distr_status: Number = 0
    distr_time: Number = 0
    after_sale_status: Number = 0
    aftersale_status: Number = 0
    distr_order_aftersale_status: Number = 0
    supplier_shop_id: Text = ""
    supplier_shop_name: Text = ""
    user_id: Text = ""
    user_name: Text = ""
    exp_ship_time: Number = 0
    pay_time: Number = 0
    ship_time: Number = 0
    seller_words: Text = ""
    buyer_words: Text = ""
    product_name: Text = ""
    product_count: Number = 0
    product_id: Text = ""
    product_price: Number = 0
    sku_spec: Text = ""
    out_sku_id: Text = ""
    province: Text = ""
    city: Text = ""
    district: Text = ""
    receiver_id: Text = ""
    tracking_no: Text = ""
    company_name: Text = ""
    distr_cancel_reason: Text = ""
    pack_list: Annotated[list[Pack], Rows] = []


class MerchantPage(Wire):
    distr_order_list: Annotated[list[Line], Rows] = []
    total: Number


class FactoryPage(Wire):
    order_list: Annotated[list[Line], Rows] = []
    total: Number


class MerchantDetail(Wire):
    distr_order_detail: Line


class DistributeRow(Wire):
    distr_order_id: Text = ""
    supplier_shop_id: Text = ""
    err_no: int
    message: Text = ""


class DistributeData(Wire):
    """`distribute_order_reuslts` is spelt so."""

    distribute_order_reuslts: Annotated[list[DistributeRow], Rows]


class CancelData(Wire):
    succ_distr_order_ids: Annotated[list[Text], Rows] = []
    fail_distr_order_ids: Annotated[dict[str, Text], BeforeValidator(_map)] = {}


class ShipData(Wire):
    """`waybillReturn` and `waybillUpdate`."""

    return_result: bool
    delivery_id: Text = ""
    pack_list: Annotated[list[Pack], Rows] = []


class MultiPack(Wire):
    pack_id: Text = ""
    logistics_code: Text = ""


class MultiPackData(Wire):
    pack_list: Annotated[list[MultiPack], Rows] = []


class Company(Wire):
    id: Text = ""
    name: Text = ""
    code: Annotated[str, BeforeValidator(_text), Field(min_length=1)]


class ShippedProduct(Wire):
    sku_order_id: Text = ""
    product_count: Number = 0


class Logistics(Wire):
    tracking_no: Text = ""
    company: Text = ""
    delivery_id: Text = ""
    ship_time: Number = 0
    product_info: Annotated[list[ShippedProduct], Rows] = []


class AfterSale(Wire):
    after_sale_status: Number = 0
    after_sale_type: Number = 0
    refund_status: Number = 0


class SkuOrder(Wire):
    order_id: Text = ""
    order_status: Number = 0
    item_num: Number = 0
    after_sale_info: Annotated[AfterSale, BeforeValidator(_map)] = AfterSale()


class ShopOrder(Wire):
    """The merchant's ordinary order (section 7), as far as dropshipping needs it."""

    order_id: Text = ""
    order_status: Number = 0
    pay_time: Number = 0
    logistics_info: Annotated[list[Logistics], Rows] = []
    sku_order_list: Annotated[list[SkuOrder], Rows] = []


class ShopOrderDetail(Wire):
    shop_order_detail: ShopOrder
