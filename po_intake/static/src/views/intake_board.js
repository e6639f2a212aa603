import { useIntakeChanges } from "./intake_changes";
import { IntakeHelper } from "./intake_helper";
import { IntakeStrip } from "./intake_strip";
import { dropZone, IntakeUploader, useIntakePaste } from "./intake_upload";

/** What the board's kanban and its list have in common: a button to upload, and they are live. */
export const boardController = (Controller) =>
    class extends Controller {
        static components = { ...Controller.components, IntakeUploader };

        setup() {
            super.setup();
            useIntakeChanges(() => {
                if (!this.hasSelectedRecords) {
                    this.model.load();
                }
            });
        }
    };

/** The strip above, files that are dropped or pasted, and what an empty board says. */
export const boardRenderer = (Renderer) =>
    class extends Renderer {
        static components = { ...Renderer.components, ActionHelper: IntakeHelper, IntakeStrip };

        setup() {
            super.setup();
            this.dropZoneTitle = dropZone.title;
            this.dropZoneDescription = dropZone.description;
            useIntakePaste();
        }

        onPaste() {
            // the whole window is listened to, and not for PDF and XML alone
        }
    };
