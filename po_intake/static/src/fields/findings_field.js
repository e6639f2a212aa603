import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const SHOWN = 3;
const STYLES = {
    blocking: { icon: "fa-times-circle", color: "o_tag_color_1" },
    warning: { icon: "fa-exclamation-triangle", color: "o_tag_color_2" },
    info: { icon: "fa-info-circle", color: "o_tag_color_4" },
};

/** The findings that nobody has accepted yet, worst first, equal ones counted on one chip. */
export class FindingsField extends Component {
    static template = "po_intake.FindingsField";
    static props = { ...standardFieldProps };

    get chips() {
        const chips = new Map();
        for (const { data } of this.props.record.data[this.props.name].records) {
            if (data.waived_by_id) {
                continue;
            }
            const key = `${data.severity} ${data.display_name}`;
            const chip = chips.get(key);
            if (chip) {
                chip.messages.push(data.message);
            } else {
                const style = STYLES[data.severity];
                chips.set(key, {
                    key,
                    ...style,
                    title: data.display_name,
                    messages: [data.message],
                });
            }
        }
        return [...chips.values()];
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
    relatedFields: [
        { name: "display_name", type: "char" },
        { name: "message", type: "char" },
        { name: "severity", type: "selection", selection: [] },
        { name: "waived_by_id", type: "many2one" },
    ],
});
