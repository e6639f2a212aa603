import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { groupFindings, RELATED_FIELDS } from "./findings";

/** Nothing can be ordered while these hold, whatever a person thinks of them. */
const TO_BE_MENDED = [
    "no_lines",
    "partner_unknown",
    "partner_missing",
    "product_unknown",
    "product_archived",
    "product_not_sold",
    "quantity_missing",
];

/**
 * The findings of an intake as sentences. What is said of several lines takes one row that opens;
 * a warning that is all right is accepted here.
 */
export class FindingListField extends Component {
    static template = "po_intake.FindingListField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ open: {} });
    }

    get groups() {
        return groupFindings(this.props.record.data[this.props.name].records);
    }

    severity(group) {
        const labels = {
            blocking: _t("Blocking"),
            warning: _t("Warning"),
            info: _t("Information"),
        };
        return labels[group.severity];
    }

    isAcceptable(group) {
        const { state } = this.props.record.data;
        return (
            !group.waived &&
            group.severity !== "info" &&
            ["review", "error"].includes(state) &&
            !TO_BE_MENDED.includes(group.code)
        );
    }

    toggle(group) {
        this.state.open[group.key] = !this.state.open[group.key];
    }

    async accept({ key }) {
        const { record } = this.props;
        // saving runs the checks anew, and what they find then has other ids
        if ((await record.isDirty()) && !(await record.save())) {
            return;
        }
        const group = this.groups.find((item) => item.key === key);
        if (!group || group.waived) {
            return;
        }
        await this.orm.call("po.intake.finding", "action_waive", [group.ids]);
        await record.load();
        this.env.bus.trigger("MAIL:RELOAD-THREAD", { model: record.resModel, id: record.resId });
    }
}

registry.category("fields").add("po_intake_finding_list", {
    component: FindingListField,
    displayName: _t("Findings"),
    supportedTypes: ["one2many"],
    relatedFields: RELATED_FIELDS,
    fieldDependencies: [{ name: "state", type: "selection" }],
});
