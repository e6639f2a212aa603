import { Component, useState } from "@odoo/owl";

import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * Has Claude look again: at the value of the field in focus, or at a whole page.
 *
 * With `page`, a function that tells which page is in sight, it is about that page.
 */
export class AskClaude extends Component {
    static template = "po_intake.AskClaude";
    static props = { resId: Number, page: { type: Function, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.dialog = useService("dialog");
        this.desk = this.env.intakeDesk;
        this.state = useState({ busy: false });
        this.focus = useState(this.desk.state);
    }

    get path() {
        return this.desk.pathFor(this.focus.field, this.focus.line);
    }

    get title() {
        return this.props.page
            ? _t("Have Claude read this page again")
            : _t("Have Claude look for it on the document");
    }

    onClick() {
        if (!this.props.page) {
            return this.guarded(() => this.askValue());
        }
        const page = this.props.page();
        this.dialog.add(ConfirmationDialog, {
            title: this.title,
            body: _t(
                "The lines of page %s are replaced by what Claude reads there. The page is sent to Claude, which costs a call.",
                page
            ),
            confirmLabel: _t("Read"),
            confirm: () => this.guarded(() => this.askPage(page)),
            cancel: () => {},
        });
    }

    async guarded(ask) {
        this.state.busy = true;
        try {
            await ask();
        } finally {
            this.state.busy = false;
        }
    }

    /** What is found goes into the field as if its words had been clicked. */
    async askValue() {
        const { path } = this;
        const { target } = this.desk;
        const { error, place } = await this.orm.call("po.intake", "ask_value", [
            [this.props.resId],
            path,
        ]);
        if (error) {
            this.notification.add(error, { type: "warning" });
        } else {
            await this.desk.fill({ ...place, reader: "claude", confidence: 0.95 }, target);
        }
    }

    async askPage(page) {
        const record = this.desk.getRecord();
        if (!(await record.save())) {
            return;
        }
        const { error } = await this.orm.call("po.intake", "ask_page", [[this.props.resId], page]);
        if (error) {
            this.notification.add(error, { type: "warning" });
        }
        await record.load();
        this.desk.bus.trigger("reload");
    }
}
