import { Component, onMounted, onWillUpdateProps, useState } from "@odoo/owl";

import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { formatInteger, formatMonetary } from "@web/views/fields/formatters";

import { formatAge } from "../fields/age_field";

/** The morning at a glance, above the board; each figure shows the cards that it counts. */
export class IntakeStrip extends Component {
    static template = "po_intake.Strip";
    static props = { list: Object };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ data: null });
        // cards are not kept waiting for their figures
        onMounted(() => this.load());
        onWillUpdateProps(({ list }) => {
            if (list !== this.props.list) {
                this.load();
            }
        });
    }

    async load() {
        const { globalDomain, context } = this.env.searchModel;
        this.state.data = await this.keepLast.add(
            this.orm.silent.call("po.intake", "read_strip", [globalDomain], { context })
        );
    }

    get cells() {
        const { counts, oldest, value, currency_id: currencyId } = this.state.data || {};
        const count = (filter) => (counts ? formatInteger(counts[filter]) : "–");
        return [
            {
                filter: "received_today",
                label: _t("Received today"),
                value: count("received_today"),
            },
            {
                filter: "touchless_today",
                label: _t("Drafted without touch"),
                value: count("touchless_today"),
                title: _t("Orders that were drafted today, and that nobody had to look at."),
            },
            { filter: "waiting", label: _t("Waiting"), value: count("waiting") },
            {
                filter: counts?.late ? "late" : "waiting",
                label: counts?.late ? _t("Oldest (%s late)", counts.late) : _t("Oldest"),
                value: oldest ? formatAge(deserializeDateTime(oldest)) : "–",
                title: _t("Late is what waits for more than a day, or was requested earlier."),
                late: Boolean(counts?.late),
            },
            {
                filter: "waiting",
                label: _t("Value waiting"),
                value: counts ? formatMonetary(value, { currencyId, digits: [16, 0] }) : "–",
                title: _t("Net, of all that waits, in the currency of the company."),
            },
        ];
    }

    /** Instead of whatever was searched for. */
    show(filter) {
        const { searchModel } = this.env;
        const items = searchModel.getSearchItems((item) => item.name === filter);
        searchModel.query = [];
        for (const item of items) {
            searchModel.toggleSearchItem(item.id);
        }
    }
}
