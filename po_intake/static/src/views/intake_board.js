import { browser } from "@web/core/browser/browser";
import { SearchPanel } from "@web/search/search_panel/search_panel";

import { useIntakeChanges } from "./intake_changes";
import { IntakeFirstSteps } from "./intake_first_steps";
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
        static components = {
            ...Renderer.components,
            ActionHelper: IntakeHelper,
            IntakeFirstSteps,
            IntakeStrip,
        };

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

/** Beside six columns there is room for it only if somebody wants it. */
export class BoardSearchPanel extends SearchPanel {
    setup() {
        super.setup();
        if (browser.localStorage.getItem(this.keyExpandSidebar) === null) {
            this.state.sidebarExpanded = false;
        }
    }
}
