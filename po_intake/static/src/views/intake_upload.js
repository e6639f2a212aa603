import { useExternalListener, useState } from "@odoo/owl";

import { DocumentFileUploader } from "@account/components/document_file_uploader/document_file_uploader";

import { _t } from "@web/core/l10n/translation";
import { FileUploader } from "@web/views/fields/file_handler";

/** Tells how many of several files are there. */
export class IntakeFileUploader extends FileUploader {
    static template = "po_intake.FileUploader";
    static props = { ...FileUploader.props, progress: Object };

    async onFileChange(ev) {
        const { progress } = this.props;
        Object.assign(progress, { total: ev.target.files.length, done: 0 });
        try {
            await super.onFileChange(ev);
        } finally {
            progress.total = 0;
        }
    }
}

/** Uploads orders. A single one is opened; several stay on the board, where they are read. */
export class IntakeUploader extends DocumentFileUploader {
    static template = "po_intake.Uploader";
    static components = { ...DocumentFileUploader.components, IntakeFileUploader };

    setup() {
        super.setup();
        this.progress = useState({ total: 0, done: 0 });
    }

    async onFileUploaded(file) {
        await super.onFileUploaded(file);
        this.progress.done++;
    }

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
    const paste = { enabled: true };
    useExternalListener(window, "paste", (ev) => {
        const files = ev.clipboardData?.files;
        const input = document.querySelector(".document_file_uploader.o_input_file");
        if (
            !paste.enabled ||
            !files?.length ||
            !input ||
            ev.target.closest("input, textarea, [contenteditable]")
        ) {
            return;
        }
        ev.preventDefault();
        input.files = files;
        input.dispatchEvent(new Event("change"));
    });
    return paste;
}

export const dropZone = {
    get title() {
        return _t("Drop orders here");
    },
    get description() {
        return _t("PDF, scans, spreadsheets, XML, EDI files or saved e-mails");
    },
};
