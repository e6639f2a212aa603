import { Component } from "@odoo/owl";

import { Dropdown } from "@web/core/dropdown/dropdown";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The best products for a line, with what speaks for each, stock and price; one of them is chosen
 * with a click. In a list they open below a small button.
 */
export class CandidatesField extends Component {
    static template = "po_intake.CandidatesField";
    static components = { Dropdown };
    static props = { ...standardFieldProps, folded: { type: Boolean, optional: true } };

    get candidates() {
        const { currency_id: currency, product_id: product } = this.props.record.data;
        return (this.props.record.data[this.props.name] || []).map((item) => ({
            ...item,
            chosen: product && product.id === item.id,
            percent: `${Math.round(100 * item.score)} %`,
            priceText:
                item.price === undefined
                    ? ""
                    : formatMonetary(item.price, { currencyId: currency && currency.id }),
            stockText: this.stockText(item),
        }));
    }

    stockText({ free, forecast, uom, date }) {
        if (free === undefined) {
            return "";
        }
        const round = (quantity) => formatFloat(quantity, { trailingZeros: false });
        return _t("%(free)s %(unit)s free, %(forecast)s on %(date)s", {
            free: round(free),
            unit: uom,
            forecast: round(forecast),
            date,
        });
    }

    get canChoose() {
        const { parent } = this.props.record.evalContext;
        return !parent || !["done", "rejected"].includes(parent.state);
    }

    choose({ id, name }) {
        return this.props.record.update({ product_id: { id, display_name: name } });
    }
}

export const candidatesField = {
    component: CandidatesField,
    displayName: _t("Suggestions"),
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "product_id", type: "many2one", relation: "product.product" },
        { name: "currency_id", type: "many2one", relation: "res.currency" },
    ],
    extractProps: ({ viewType }) => ({ folded: viewType !== "form" }),
};

registry.category("fields").add("po_intake_candidates", candidatesField);
