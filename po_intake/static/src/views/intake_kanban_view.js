import { FileUploadKanbanRenderer } from "@account/views/file_upload_kanban/file_upload_kanban_renderer";

import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";

import { useIntakeChanges } from "./intake_changes";
import { dropZone, IntakeUploader, useIntakePaste } from "./intake_upload";

export class IntakeKanbanController extends KanbanController {
    static components = { ...KanbanController.components, IntakeUploader };

    setup() {
        super.setup();
        useIntakeChanges(() => {
            if (!this.hasSelectedRecords) {
                this.model.load();
            }
        });
    }
}

export class IntakeKanbanRenderer extends FileUploadKanbanRenderer {
    setup() {
        super.setup();
        this.dropZoneTitle = dropZone.title;
        this.dropZoneDescription = dropZone.description;
        useIntakePaste();
    }

    onPaste() {
        // the whole window is listened to, and not for PDF and XML alone
    }
}

registry.category("views").add("po_intake_kanban", {
    ...kanbanView,
    Controller: IntakeKanbanController,
    Renderer: IntakeKanbanRenderer,
    buttonTemplate: "po_intake.KanbanView.Buttons",
});
