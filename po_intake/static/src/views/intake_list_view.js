import { FileUploadListRenderer } from "@account/views/file_upload_list/file_upload_list_renderer";

import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { useIntakeChanges } from "./intake_changes";
import { dropZone, IntakeUploader, useIntakePaste } from "./intake_upload";

export class IntakeListController extends ListController {
    static components = { ...ListController.components, IntakeUploader };

    setup() {
        super.setup();
        useIntakeChanges(() => {
            if (!this.hasSelectedRecords) {
                this.model.load();
            }
        });
    }
}

export class IntakeListRenderer extends FileUploadListRenderer {
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

registry.category("views").add("po_intake_list", {
    ...listView,
    Controller: IntakeListController,
    Renderer: IntakeListRenderer,
    buttonTemplate: "po_intake.ListView.Buttons",
});
