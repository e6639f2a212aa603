import { useExternalListener } from "@odoo/owl";

import { DocumentFileUploader } from "@account/components/document_file_uploader/document_file_uploader";

import { _t } from "@web/core/l10n/translation";

/** Uploads orders. A single one is opened; several stay on the board, where they are read. */
export class IntakeUploader extends DocumentFileUploader {
    async onUploadComplete() {
        const count = this.attachmentIdsToProcess.length;
        if (count === 1) {
            return super.onUploadComplete();
        }
        const ids = this.attachmentIdsToProcess;
        this.attachmentIdsToProcess = [];
        await this.orm.call(this.getResModel(), "create_document_from_attachment", ["", ids], {
            context: this.env.searchModel.context,
        });
        this.notification.add(_t("%s documents were uploaded and are being read.", count), {
            type: "success",
        });
        await this.env.model.load();
    }
}

/** Files that are pasted anywhere on the view are uploaded; text goes where it always goes. */
export function useIntakePaste() {
    useExternalListener(window, "paste", (ev) => {
        const files = ev.clipboardData?.files;
        const input = document.querySelector(".document_file_uploader.o_input_file");
        if (!files?.length || !input || ev.target.closest("input, textarea, [contenteditable]")) {
            return;
        }
        ev.preventDefault();
        input.files = files;
        input.dispatchEvent(new Event("change"));
    });
}

export const dropZone = {
    get title() {
        return _t("Drop orders here");
    },
    get description() {
        return _t("PDF, scans, spreadsheets, XML, EDI files or saved e-mails");
    },
};
