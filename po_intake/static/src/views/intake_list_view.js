import { FileUploadListRenderer } from "@account/views/file_upload_list/file_upload_list_renderer";

import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { boardController, boardRenderer, BoardSearchPanel } from "./intake_board";

export class IntakeListRenderer extends boardRenderer(FileUploadListRenderer) {
    static template = "po_intake.ListRenderer";
}

registry.category("views").add("po_intake_list", {
    ...listView,
    Controller: boardController(ListController),
    Renderer: IntakeListRenderer,
    SearchPanel: BoardSearchPanel,
    buttonTemplate: "po_intake.ListView.Buttons",
});
