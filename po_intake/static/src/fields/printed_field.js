import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { TextField } from "@web/views/fields/text/text_field";

/** What a document prints of a line: the item code that its writer uses, and the description. */
export class PrintedField extends Component {
    static template = "po_intake.PrintedField";
    static components = { TextField };
    static props = { ...standardFieldProps };

    get code() {
        const { partner_code, our_code, barcode } = this.props.record.data;
        return partner_code || our_code || barcode;
    }

    get text() {
        return this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("po_intake_printed", {
    component: PrintedField,
    displayName: _t("Printed line"),
    supportedTypes: ["text"],
    fieldDependencies: [
        { name: "partner_code", type: "char" },
        { name: "our_code", type: "char" },
        { name: "barcode", type: "char" },
    ],
});
