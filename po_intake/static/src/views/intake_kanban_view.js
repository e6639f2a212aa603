import { FileUploadKanbanRenderer } from "@account/views/file_upload_kanban/file_upload_kanban_renderer";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { SearchPanel } from "@web/search/search_panel/search_panel";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";

import { boardController, boardRenderer } from "./intake_board";

/** Beside six columns there is room for it only if somebody wants it. */
export class BoardSearchPanel extends SearchPanel {
    setup() {
        super.setup();
        if (browser.localStorage.getItem(this.keyExpandSidebar) === null) {
            this.state.sidebarExpanded = false;
        }
    }
}

export class IntakeKanbanRenderer extends boardRenderer(FileUploadKanbanRenderer) {
    static template = "po_intake.KanbanRenderer";
}

registry.category("views").add("po_intake_kanban", {
    ...kanbanView,
    Controller: boardController(KanbanController),
    Renderer: IntakeKanbanRenderer,
    SearchPanel: BoardSearchPanel,
    buttonTemplate: "po_intake.KanbanView.Buttons",
});
