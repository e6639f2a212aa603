import { useEffect, useExternalListener, useSubEnv } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { SIZES } from "@web/core/ui/ui_service";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

import { DocumentPane } from "../pane/document_pane";
import { IntakeDesk } from "../pane/intake_desk";
import { useIntakeChanges } from "./intake_changes";

/** Odoo puts a document beside the fields from 1400 pixels on; an order is read on laptops, too. */
const isWide = (size) => size >= SIZES.XL;

/** What was foreseen has no document, and its lines need the room. */
const hasDocument = (record) => record?.data.source !== "reorder";

export class IntakeFormController extends FormController {
    setup() {
        super.setup();
        useIntakeChanges((ids) => this.onIntakesChanged(ids));
    }

    get className() {
        const result = super.className;
        const beside = hasDocument(this.model.root) && !this.env.inDialog;
        if (beside && isWide(this.ui.size)) {
            result["o_xxl_form_view h-100"] = true;
        }
        return result;
    }

    /** After "Approve and Next" the next card that waits is shown; after the last one the list. */
    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton(clickParams);
        if (clickParams.name !== "action_approve_next") {
            return;
        }
        const { resIds, resId } = this.model.root;
        const at = resIds.indexOf(resId);
        const others = [...resIds.slice(at + 1), ...resIds.slice(0, at)];
        const waiting = await this.orm.search("po.intake", [
            ["id", "in", others],
            ["state", "in", ["review", "error"]],
        ]);
        const next = others.find((id) => waiting.includes(id));
        if (next) {
            await this.onPagerUpdate({ offset: resIds.indexOf(next), resIds });
        } else {
            this.env.config.historyBack();
        }
    }

    /** Only a document that waits to be read changes by itself; nothing is typed into it yet. */
    async onIntakesChanged(ids) {
        const { root } = this.model;
        if (ids.includes(root.resId) && root.data.state === "new") {
            await this.model.load();
        }
    }
}

export class IntakeFormRenderer extends FormRenderer {
    setup() {
        super.setup();
        const services = { orm: useService("orm"), notification: useService("notification") };
        const desk = new IntakeDesk(
            services,
            () => this.props.record,
            () => document.querySelector(".o_po_intake_form")
        );
        useSubEnv({ intakeDesk: desk });
        useExternalListener(window, "focusin", (ev) => desk.onFocus(ev));
        // read anew: other boxes
        let shown = null;
        useEffect(
            (resId, count) => {
                if (shown?.resId === resId && shown.count !== count) {
                    desk.bus.trigger("reload");
                }
                shown = { resId, count };
            },
            () => [this.props.record.resId, this.props.record.data.reading_ids?.count]
        );
        this.mailComponents = { ...this.mailComponents, AttachmentView: DocumentPane };
        // the compiled form asks this service how wide it is
        const ui = this.uiService;
        this.uiService = Object.create(ui, {
            size: {
                get: () =>
                    hasDocument(this.props.record) && isWide(ui.size) ? SIZES.XXL : ui.size,
            },
        });
    }

    /** The document stands beside the fields, whatever it is; on narrow screens above them. */
    mailLayout(hasAttachmentContainer) {
        const { record } = this.props;
        const { resId, data } = record;
        const desk = hasAttachmentContainer && hasDocument(record);
        const shown = desk && resId && !this.env.inDialog && this.mailStore;
        return shown && data.state !== "quarantine" ? "COMBO" : super.mailLayout(false);
    }
}

registry.category("views").add("po_intake_form", {
    ...formView,
    Controller: IntakeFormController,
    Renderer: IntakeFormRenderer,
});
