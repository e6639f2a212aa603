import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ICONS = {
    done: "fa-check-circle text-success",
    partly: "fa-adjust text-warning",
    open: "fa-circle-o text-muted",
    cancelled: "fa-times-circle text-danger",
};
const STATES = {
    done: _t("reached"),
    partly: _t("partly reached"),
    open: _t("still to come"),
    cancelled: _t("cancelled"),
};
const BADGES = {
    partly: "text-bg-warning",
    cancelled: "text-bg-danger",
};
// a stage that is reached and needs nothing more, or nothing yet
const QUIET = { drafted: "text-bg-light border", paid: "text-bg-success" };

/** A day out of a server's date or time; the one has ten signs, the other more. */
function day(text) {
    return formatDate(text.length > 10 ? deserializeDateTime(text) : deserializeDate(text));
}

/**
 * How far an order has come: a line of stages from the document to the payment, each with what it
 * was read from one click away; or, on cards and in lists, only the stage it is at.
 */
export class LifeField extends Component {
    static template = "po_intake.LifeField";
    static props = { ...standardFieldProps, badge: { type: Boolean, optional: true } };

    setup() {
        this.action = useService("action");
    }

    get value() {
        return this.props.record.data[this.props.name] || { stages: [], now: false };
    }

    get badgeColor() {
        const { state, code } = this.value.now;
        return BADGES[state] || QUIET[code] || "text-bg-info";
    }

    get stages() {
        return this.value.stages.map((stage) => ({
            ...stage,
            icon: ICONS[stage.state],
            stateText: STATES[stage.state],
            // a stage that is still to come tells when it is planned
            day: stage.date && day(stage.date),
            tooltip: [stage.note, ...stage.names].filter(Boolean).join("\n"),
        }));
    }

    /** Open what a stage was read from, with the rights of whoever asks. */
    open({ model, ids, label }) {
        const one = ids.length === 1;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: label,
            res_model: model,
            ...(one ? { res_id: ids[0] } : { domain: [["id", "in", ids]] }),
            views: one
                ? [[false, "form"]]
                : [
                      [false, "list"],
                      [false, "form"],
                  ],
        });
    }
}

registry.category("fields").add("po_intake_life", {
    component: LifeField,
    displayName: _t("Progress of the order"),
    supportedTypes: ["json"],
    supportedOptions: [{ label: _t("Only the stage it is at"), name: "badge", type: "boolean" }],
    extractProps: ({ options }) => ({ badge: Boolean(options.badge) }),
});
