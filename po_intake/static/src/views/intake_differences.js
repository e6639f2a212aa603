import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** A sign and a word for each outcome; the colour only repeats them. */
const OUTCOMES = {
    same: { icon: "fa-check text-success", label: _t("Same") },
    within: { icon: "fa-check-circle-o text-success", label: _t("Within tolerance") },
    possible: { icon: "fa-check text-success", label: _t("Possible") },
    converted: { icon: "fa-exchange text-info", label: _t("Converted") },
    differs: { icon: "fa-exclamation-triangle text-danger", label: _t("Differs") },
    unknown: { icon: "fa-minus text-muted", label: _t("Not compared") },
};

/**
 * What the document says beside what Odoo would say, row by row. Loaded when its page is opened,
 * and again whenever the checks have run anew.
 */
export class IntakeDifferences extends Component {
    static template = "po_intake.IntakeDifferences";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ rows: [], all: false });
        useRecordObserver((record) => this.load(record.resId, record.data.finding_ids.currentIds));
    }

    async load(resId) {
        const call = resId ? this.orm.call("po.intake", "get_differences", [[resId]]) : [];
        this.state.rows = await this.keepLast.add(Promise.resolve(call));
    }

    get deviations() {
        return this.state.rows.filter(({ status }) => status === "differs");
    }

    /** The shown rows; the item is named once, above its values. */
    get rows() {
        const shown = this.state.all ? this.state.rows : this.deviations;
        return shown.map((row, index) => ({
            ...row,
            outcome: OUTCOMES[row.status],
            first: row.item !== shown[index - 1]?.item,
        }));
    }
}

registry.category("view_widgets").add("po_intake_differences", {
    component: IntakeDifferences,
    fieldDependencies: [{ name: "finding_ids", type: "one2many" }],
});
