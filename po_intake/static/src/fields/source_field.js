import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ICONS = {
    mail: "fa-envelope-o",
    upload: "fa-upload",
    portal: "fa-globe",
    api: "fa-plug",
    reorder: "fa-line-chart",
};

/** The door that a document came through, as an icon that says its name. */
export class SourceField extends Component {
    static template = "po_intake.SourceField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get icon() {
        return ICONS[this.value] || "fa-question";
    }

    get label() {
        const { selection } = this.props.record.fields[this.props.name];
        return Object.fromEntries(selection)[this.value];
    }
}

registry.category("fields").add("po_intake_source", {
    component: SourceField,
    displayName: _t("Source icon"),
    supportedTypes: ["selection"],
});
