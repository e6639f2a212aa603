import { onMounted } from "@odoo/owl";

import { FileUploadKanbanRenderer } from "@account/views/file_upload_kanban/file_upload_kanban_renderer";

import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";

import { boardController, boardRenderer, BoardSearchPanel } from "./intake_board";

/** Where somebody has to act, the most usual first. */
const WAITING = ["review", "error", "quarantine"];

export class IntakeKanbanRenderer extends boardRenderer(FileUploadKanbanRenderer) {
    static template = "po_intake.KanbanRenderer";

    setup() {
        super.setup();
        onMounted(() => this.showWaiting());
    }

    /** A phone shows one column: the first in which somebody has to act. */
    showWaiting() {
        if (!this.env.isSmall || this.props.list.groupByField?.name !== "state") {
            return;
        }
        const { groups } = this.props.list;
        const waits = WAITING.map((state) =>
            groups.find(({ count, value }) => count && value === state)
        ).find((group) => group);
        const column = this.rootRef.el.querySelector(`.o_kanban_group[data-id="${waits?.id}"]`);
        column?.scrollIntoView({ inline: "start", block: "nearest", behavior: "instant" });
    }
}

registry.category("views").add("po_intake_kanban", {
    ...kanbanView,
    Controller: boardController(KanbanController),
    Renderer: IntakeKanbanRenderer,
    SearchPanel: BoardSearchPanel,
    buttonTemplate: "po_intake.KanbanView.Buttons",
});
