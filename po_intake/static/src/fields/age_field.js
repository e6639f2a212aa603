import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime, Settings } = luxon;

const UNITS = [
    [1, "minute"],
    [60, "hour"],
    [24 * 60, "day"],
];

/**
 * How long ago something happened, in the largest unit that fits: "5 min", "3 hr", "2 days".
 *
 * @param {luxon.DateTime} value
 */
export function formatAge(value) {
    const minutes = DateTime.now().diff(value, "minutes").minutes;
    if (minutes < 1) {
        return _t("now");
    }
    const [length, unit] = UNITS.findLast(([least]) => minutes >= least);
    const formatter = new Intl.NumberFormat(Settings.defaultLocale, {
        style: "unit",
        unit,
        unitDisplay: "short",
    });
    return formatter.format(Math.floor(minutes / length));
}

/** The age of a card, with the exact time as its tooltip. */
export class AgeField extends Component {
    static template = "po_intake.AgeField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get age() {
        return formatAge(this.value);
    }

    get tooltip() {
        return formatDateTime(this.value);
    }
}

registry.category("fields").add("po_intake_age", {
    component: AgeField,
    displayName: _t("Age"),
    supportedTypes: ["datetime"],
});
