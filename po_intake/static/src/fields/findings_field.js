import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { groupFindings, RELATED_FIELDS } from "./findings";

const SHOWN = 3;

/** What keeps a card from being drafted as chips, worst first: nothing accepted, no mere notes. */
export class FindingsField extends Component {
    static template = "po_intake.FindingsField";
    static props = { ...standardFieldProps };

    get chips() {
        const { records } = this.props.record.data[this.props.name];
        return groupFindings(records).filter((group) => !group.waived && group.severity !== "info");
    }

    get shown() {
        return this.chips.slice(0, SHOWN);
    }

    get hidden() {
        return this.chips.slice(SHOWN);
    }

    tooltip(chips) {
        return chips.flatMap((chip) => chip.messages).join("\n");
    }
}

registry.category("fields").add("po_intake_findings", {
    component: FindingsField,
    displayName: _t("Finding chips"),
    supportedTypes: ["one2many"],
    relatedFields: RELATED_FIELDS,
});
