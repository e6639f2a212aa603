import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime, Settings } = luxon;

/** How long ago something happened, in the largest unit that fits: "5 min", "3 hr", "2 days". */
export class AgeField extends Component {
    static template = "po_intake.AgeField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get age() {
        const minutes = DateTime.now().diff(this.value, "minutes").minutes;
        if (minutes < 1) {
            return _t("now");
        }
        if (minutes < 60) {
            return this.format(minutes, "minute");
        }
        if (minutes < 24 * 60) {
            return this.format(minutes / 60, "hour");
        }
        return this.format(minutes / (24 * 60), "day");
    }

    get tooltip() {
        return formatDateTime(this.value);
    }

    format(count, unit) {
        const formatter = new Intl.NumberFormat(Settings.defaultLocale, {
            style: "unit",
            unit,
            unitDisplay: "short",
        });
        return formatter.format(Math.floor(count));
    }
}

registry.category("fields").add("po_intake_age", {
    component: AgeField,
    displayName: _t("Age"),
    supportedTypes: ["datetime"],
});
