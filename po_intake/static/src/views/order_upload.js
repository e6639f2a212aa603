import { onWillStart } from "@odoo/owl";

import { PurchaseDashBoardKanbanRenderer } from "@purchase/views/purchase_kanbanview";
import { PurchaseDashBoardRenderer } from "@purchase/views/purchase_listview";
import { SaleFileUploadKanbanController } from "@sale/views/sale_file_upload_kanban/sale_file_upload_kanban_controller";
import { SaleFileUploadKanbanRenderer } from "@sale/views/sale_file_upload_kanban/sale_file_upload_kanban_renderer";
import { SaleFileUploadListController } from "@sale/views/sale_file_upload_list/sale_file_upload_list_controller";
import { SaleFileUploadListRenderer } from "@sale/views/sale_file_upload_list/sale_file_upload_list_renderer";

import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

import { dropZone, useIntakePaste } from "./intake_upload";

/** Files that are dropped on Odoo's own lists of orders are read, for whoever may use intakes. */
const isUser = () => user.hasGroup("po_intake.group_po_intake_user");

for (const { prototype } of [SaleFileUploadKanbanController, SaleFileUploadListController]) {
    patch(prototype, {
        setup() {
            super.setup();
            onWillStart(async () => {
                this.hideUploadButton = !(await isUser());
            });
        },
    });
}

for (const { prototype } of [
    PurchaseDashBoardKanbanRenderer,
    PurchaseDashBoardRenderer,
    SaleFileUploadKanbanRenderer,
    SaleFileUploadListRenderer,
]) {
    patch(prototype, {
        setup() {
            super.setup();
            const paste = useIntakePaste();
            onWillStart(async () => {
                paste.enabled = await isUser();
                if (paste.enabled) {
                    this.dropZoneTitle = dropZone.title;
                    this.dropZoneDescription = dropZone.description;
                }
            });
        },

        onPaste() {
            // the whole window is listened to, and not for PDF and XML alone
        },
    });
}
