"""The terms on which they trade, and the bank they trade through."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.sections import BANK, TRADING
from kith.core import kinds
from kith.core.fields import Beside, BesideTable, Field
from kith.reference.models import List

TERMS = BesideTable("contacts.TradingTerms", "contact_id", optional=True)


def _term(
    name: str,
    label: Any,
    kind: kinds.Kind,
    held_in: str = "",
    section: str = TRADING,
    **more: Any,
) -> Field:
    return Field(name, label, kind, section, Beside(TERMS, held_in), **more)


def _bank(name: str, label: Any, scheme: str, **more: Any) -> Field:
    kind = kinds.Sealed(kinds.Identifier(scheme))
    return _term(name, label, kind, section=BANK, sensitive=True, personal=True, **more)


TRADING_FIELDS = (
    Field(
        "customer_number",
        _("Customer number"),
        kinds.Code(30),
        TRADING,
        given=True,
        column=True,
        search=3,
        unique=True,
        aliases=("Customer No", "Customer Code", "Customer ID", "Client Code"),
    ),
    Field(
        "vendor_number",
        _("Vendor number"),
        kinds.Code(30),
        TRADING,
        given=True,
        column=True,
        search=3,
        unique=True,
        aliases=("Vendor No", "Vendor Code", "Supplier Code", "Supplier Number"),
    ),
    _term(
        "credit_limit",
        _("Credit limit"),
        kinds.Money(18, 2, minimum=0),
        aliases=("Credit Limit Amount", "Credit Amount"),
    ),
    _term(
        "credit_days",
        _("Credit days"),
        kinds.Integer(0, 3650),
        aliases=("Credit Limit Days", "Credit Period"),
    ),
    _term(
        "discount",
        _("Default discount"),
        kinds.Percent(),
        aliases=("Default Discount Applicable(%)", "Default Discount", "Discount", "Discount %"),
    ),
    _term(
        "price_list",
        _("Price list"),
        kinds.Choice(List.PRICE_LIST, grow=True),
        "price_list_id",
        aliases=("Default price list", "Default Pricelist", "Pricelist"),
    ),
    _term(
        "trading_group",
        _("Sales / purchase group"),
        kinds.Choice(List.TRADING_GROUP, grow=True),
        "trading_group_id",
        aliases=("Sales Group", "Purchase Group", "Billing Group"),
    ),
    _term(
        "price_class",
        _("Class"),
        kinds.Choice(List.PRICE_CLASS, grow=True),
        "price_class_id",
        help=_("Gives the prices of its class, like Gold or Silver."),
        aliases=("Class Name", "Customer Class"),
    ),
    _term("class_code", _("Class code"), kinds.Text(50), aliases=("Class Code",)),
    _term(
        "invoice_type",
        _("Invoice type"),
        kinds.Choice(List.INVOICE_TYPE, grow=True),
        "invoice_type_id",
        aliases=("Default Invoice Type",),
    ),
    _term(
        "sales_lock",
        _("Locked for sales"),
        kinds.YesNo(),
        aliases=("Lock for Sales", "Sales Lock"),
    ),
    _term(
        "payment_terms",
        _("Payment terms"),
        kinds.Choice(List.PAYMENT_TERMS, grow=True),
        "payment_terms_id",
        aliases=("Terms of Payment", "Terms"),
    ),
    _term(
        "payment_day",
        _("Payment day"),
        kinds.Integer(1, 31),
        help=_("The day of the month on which they pay."),
        aliases=("Payment Date",),
    ),
    _term(
        "default_supplier",
        _("Default supplier"),
        kinds.Record("contact"),
        "default_supplier_id",
        aliases=("Supplier",),
    ),
    _term(
        "sales_ledger",
        _("Sales ledger"),
        kinds.Text(50),
        help=_("The account that their invoices are booked to."),
        aliases=("Customer Ledger", "Debtor Account"),
    ),
    _term(
        "purchase_ledger",
        _("Purchase ledger"),
        kinds.Text(50),
        aliases=("Supplier Ledger", "Creditor Account"),
    ),
    _term("bank_name", _("Bank"), kinds.Text(100), section=BANK, aliases=("Bank Name",)),
    _term(
        "account_holder",
        _("Account holder"),
        kinds.Text(200),
        section=BANK,
        personal=True,
        help=_("The contact itself unless you name another."),
        aliases=("Account Holder Name", "Beneficiary", "Beneficiary Name"),
    ),
    _bank(
        "account_number",
        _("Account number"),
        "account",
        aliases=("Bank Account", "Bank Account Number", "Account No"),
    ),
    _bank("ifsc", _("IFSC"), "ifsc", aliases=("IFSC Code", "Bank Code")),
    _bank("iban", _("IBAN"), "iban"),
    _bank("bic", _("BIC"), "bic", aliases=("SWIFT", "SWIFT Code", "BIC / SWIFT")),
)
