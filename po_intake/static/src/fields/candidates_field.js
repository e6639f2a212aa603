import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { describeCandidates } from "./candidates";

/**
 * The best products for a line, with what speaks for each, stock and price; one of them is chosen
 * with a click. In the list of lines the product's own cell opens them.
 */
export class CandidatesField extends Component {
    static template = "po_intake.CandidatesField";
    static props = { ...standardFieldProps };

    get candidates() {
        return describeCandidates(this.props.record, this.props.name);
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
};

registry.category("fields").add("po_intake_candidates", candidatesField);
