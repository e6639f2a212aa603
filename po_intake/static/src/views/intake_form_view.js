import { registry } from "@web/core/registry";
import { SIZES } from "@web/core/ui/ui_service";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

import { useIntakeChanges } from "./intake_changes";

/** Odoo puts a document beside the fields from 1400 pixels on; an order is read on laptops, too. */
const isWide = (size) => size >= SIZES.XL;

export class IntakeFormController extends FormController {
    setup() {
        super.setup();
        useIntakeChanges((ids) => this.onIntakesChanged(ids));
    }

    get className() {
        const result = super.className;
        if (!this.env.inDialog && isWide(this.ui.size)) {
            result["o_xxl_form_view h-100"] = true;
        }
        return result;
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
        // the compiled form asks this service how wide it is
        const ui = this.uiService;
        this.uiService = Object.create(ui, {
            size: { get: () => (isWide(ui.size) ? SIZES.XXL : ui.size) },
        });
    }

    /** On narrow screens the document stands above the fields instead of being left out. */
    mailLayout(hasAttachmentContainer) {
        const layout = super.mailLayout(hasAttachmentContainer);
        const stacked = layout === "BOTTOM_CHATTER" && hasAttachmentContainer && this.hasFile();
        return stacked ? "COMBO" : layout;
    }
}

registry.category("views").add("po_intake_form", {
    ...formView,
    Controller: IntakeFormController,
    Renderer: IntakeFormRenderer,
});
