import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COLORS = { high: "text-success", medium: "text-warning", low: "text-danger" };

/**
 * A share between 0 and 1 as a ring beside its number. The number says all; the colour, taken from
 * the field named by `level_field`, only repeats it.
 */
export class ConfidenceField extends Component {
    static template = "po_intake.ConfidenceField";
    static props = { ...standardFieldProps, levelField: { type: String, optional: true } };

    get value() {
        return this.props.record.data[this.props.name] || 0;
    }

    get level() {
        return this.props.levelField && this.props.record.data[this.props.levelField];
    }

    get color() {
        return COLORS[this.level] || "text-muted";
    }

    get text() {
        return formatPercentage(this.value, { digits: [16, 0] });
    }

    get tooltip() {
        if (!this.level) {
            return _t("Confidence");
        }
        const { selection } = this.props.record.fields[this.props.levelField];
        return _t("Confidence: %s", Object.fromEntries(selection)[this.level]);
    }
}

registry.category("fields").add("po_intake_confidence", {
    component: ConfidenceField,
    displayName: _t("Confidence ring"),
    supportedTypes: ["float"],
    supportedOptions: [
        {
            label: _t("Level field"),
            name: "level_field",
            type: "field",
            availableTypes: ["selection"],
        },
    ],
    fieldDependencies: ({ options }) =>
        options.level_field ? [{ name: options.level_field, type: "selection" }] : [],
    extractProps: ({ options }) => ({ levelField: options.level_field }),
});
