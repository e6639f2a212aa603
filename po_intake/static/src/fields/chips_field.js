import { Component, toRaw, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { SEVERITIES } from "./findings";

const titles = new WeakMap();

/** Titles by code; made once for all cards of a view. */
function titlesOf(field) {
    const selection = toRaw(field.selection);
    if (!titles.has(selection)) {
        titles.set(selection, Object.fromEntries(selection));
    }
    return titles.get(selection);
}

/**
 * What keeps a card from being drafted as chips, worst first. A board reads no finding for them;
 * their sentences are asked for when the pointer comes.
 */
export class ChipsField extends Component {
    static template = "po_intake.ChipsField";
    static props = { ...standardFieldProps, limit: { type: Number, optional: true } };
    static defaultProps = { limit: 3 };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ sentences: {} });
    }

    get chips() {
        const { data, fields } = this.props.record;
        return (data[this.props.name] || []).map(([code, severity, count]) => ({
            code,
            count,
            title: titlesOf(fields.reason)[code] || code,
            style: SEVERITIES[severity] || SEVERITIES.info,
        }));
    }

    tooltip(chips) {
        const { sentences } = this.state;
        return chips.flatMap(({ code, title }) => sentences[code] || [title]).join("\n");
    }

    async onPointerenter() {
        const findings = await this.orm.silent.searchRead(
            "po.intake.finding",
            [
                ["intake_id", "=", this.props.record.resId],
                ["waived_by_id", "=", false],
            ],
            ["code", "message"]
        );
        const sentences = {};
        for (const { code, message } of findings) {
            (sentences[code] ||= []).push(message);
        }
        this.state.sentences = sentences;
    }
}

registry.category("fields").add("po_intake_chips", {
    component: ChipsField,
    displayName: _t("Finding chips"),
    supportedTypes: ["json"],
    supportedOptions: [{ label: _t("Chips that are shown"), name: "limit", type: "number" }],
    fieldDependencies: [{ name: "reason", type: "selection" }],
    extractProps: ({ options }) => ({ limit: options.limit }),
});
