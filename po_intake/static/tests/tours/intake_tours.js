import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

/** The order that the test has put there, as a file that a person picks. */
async function pickOrder() {
    const answer = await fetch("/po_intake_tour/order.pdf");
    const file = new File([await answer.blob()], "PO-1001.pdf", { type: "application/pdf" });
    await inputFiles(".document_file_uploader.o_input_file", [file]);
}

export const openCard = (column, text) => [
    {
        content: `Open the card ${text}`,
        trigger: `.o_kanban_group:contains(${column}) .o_kanban_record:contains(${text})`,
        run: "click",
    },
];

/** Put a word of the page into a field: focus the field, click the word. */
const clickWord = (field, word) => [
    {
        content: `Into ${field}`,
        trigger: `.o_field_widget[name=${field}] input`,
        run: "edit mistyped",
    },
    {
        content: "The words of the page come when the pointer does",
        trigger: ".o_po_intake_page",
        run: "hover",
    },
    {
        content: `Click ${word} on the page`,
        trigger: `.o_po_intake_word[title="${word}"]`,
        run() {
            const { left, top, width, height } = this.anchor.getBoundingClientRect();
            const point = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true };
            this.anchor.dispatchEvent(new PointerEvent("pointerdown", point));
            this.anchor.dispatchEvent(new PointerEvent("pointerup", point));
        },
    },
    {
        content: "The field has it, and its box is lit",
        trigger: `.o_field_widget[name=${field}] input:value(${word})`,
    },
    {
        trigger: ".o_po_intake_page .o_po_intake_lit",
    },
];

registry.category("web_tour.tours").add("po_intake_upload", {
    steps: () => [
        {
            content: "Empty columns are shown",
            trigger: ".o_po_intake_board .o_kanban_group:contains(To review)",
        },
        {
            content: "Pick a file",
            trigger: ".o_po_intake_upload",
            run: pickOrder,
        },
        {
            content: "The document is shown while it waits to be read",
            trigger: ".o_po_intake_form .o_po_intake_page img",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(New)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_approve", {
    steps: () => [
        {
            content: "The finding is told on the card",
            trigger: ".o_kanban_record:contains(PO-1001) .badge:contains(Unknown product)",
        },
        ...openCard("To review", "PO-1001"),
        {
            content: "The document stands beside the fields",
            trigger: ".o_po_intake_form .o_po_intake_page img",
        },
        ...clickWord("order_reference", "PO-1001"),
        {
            trigger: ".o_po_intake_finding:contains(no product was found)",
        },
        {
            content: "A warning that is all right is accepted",
            trigger: ".o_po_intake_finding:contains(Price differs) .o_po_intake_accept",
            run: "click",
        },
        {
            trigger: ".o_po_intake_finding:contains(Price differs):contains(Accepted by)",
        },
        {
            content: "Say which product is meant",
            trigger: ".o_po_intake_lines .o_data_row:eq(1) td[name=product_id]",
            run: "click",
        },
        {
            trigger: ".o_po_intake_lines .o_selected_row [name=product_id] input",
            run: "edit SR-20",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Sealing ring)",
            run: "click",
        },
        {
            content: "Approve",
            trigger: ".o_form_statusbar button[name=action_approve]",
            run: "click",
        },
        {
            content: "The draft order opens",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Quotation)",
        },
        {
            content: "The document is attached to it",
            trigger: ".o-mail-Chatter .o-mail-Chatter-attachFiles",
            run: "click",
        },
        {
            trigger: ".o-mail-AttachmentContainer:contains(PO-1001.pdf)",
        },
        {
            content: "Back to where it came from",
            trigger: "button[name=action_open_po_intake]",
            run: "click",
        },
        {
            trigger: ".o_po_intake_form .o_arrow_button_current:contains(Done)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_release", {
    steps: () => [
        ...openCard("Quarantine", "Urgent order"),
        {
            content: "The sender is named",
            trigger: ".o_po_intake_form .alert:contains(jo@stranger.example)",
        },
        {
            trigger: "button[name=action_release]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(New)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_reject", {
    steps: () => [
        ...openCard("To review", "PO-1001"),
        {
            trigger: "button[name=action_reject]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Ordered by phone already",
        },
        {
            trigger: ".modal footer button[name=action_reject]",
            run: "click",
        },
        {
            trigger: ".o_po_intake_form .alert:contains(Ordered by phone already)",
        },
        {
            trigger: ".o_arrow_button_current:contains(Rejected)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_change", {
    steps: () => [
        ...openCard("To review", "PO-1001"),
        {
            content: "It is told what differs",
            trigger: ".o_po_intake_finding:contains(1 quantity, 1 price)",
        },
        {
            trigger: "button[name=action_compare_order]",
            run: "click",
        },
        {
            content: "Both values stand beside each other",
            trigger: ".modal .o_data_row:contains(Quantity):contains(5.00):contains(8.00)",
        },
        {
            content: "The price stays as it was agreed",
            trigger: ".modal .o_data_row:contains(Price) .o_boolean_toggle",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:contains(Price) input:not(:checked)",
        },
        {
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "The order that stood before opens",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Quotation)",
        },
        {
            content: "It shows the documents that it came of",
            trigger: "button[name=action_open_po_intake]",
            run: "click",
        },
        {
            trigger: ".o_data_row:eq(1)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_phone", {
    steps: () => [
        ...openCard("To review", "PO-1001"),
        {
            content: "The document stands above the fields",
            trigger: ".o_po_intake_form .o_attachment_preview:has(.o_po_intake_page img)",
            run() {
                const { bottom, height } = this.anchor.getBoundingClientRect();
                const fields = document.querySelector(".o_form_sheet").getBoundingClientRect();
                if (!height || bottom > fields.top) {
                    throw new Error("The document hides the fields or is hidden itself");
                }
            },
        },
        {
            content: "The lines are cards",
            trigger: ".o_po_intake_lines .o_kanban_record:contains(Hex bolt)",
        },
        {
            trigger: ".o_form_statusbar button[name=action_approve]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=client_order_ref], .o_form_view [name=order_line]",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_choose", {
    steps: () => [
        ...openCard("To review", "PO-1001"),
        {
            content: "See what the second line may mean",
            trigger: ".o_po_intake_lines .o_data_row:nth-child(2) td[name=product_id]",
            run: "click",
        },
        {
            trigger: ".o_po_intake_lines .o_selected_row [name=product_id] input",
            run: "click",
        },
        {
            content: "What speaks for it, and its price",
            trigger: ".o_po_intake_candidate:contains(description):contains(3.00)",
        },
        {
            trigger: ".o_po_intake_candidate:contains(Sealing ring) a",
            run: "click",
        },
        {
            trigger:
                ".o_po_intake_lines .o_data_row:nth-child(2) [name=product_id] input:value(Sealing ring)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});

/** The same without a mouse: from the board into the card, the product, and on to the next card. */
registry.category("web_tour.tours").add("po_intake_keyboard", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains(PO-1001)",
            run() {
                this.anchor.focus();
            },
        },
        {
            content: "Open the card",
            trigger: ".o_kanban_record:contains(PO-1001):focus",
            run: "press Enter",
        },
        {
            content: "Into the cell of the line that has no product: what it may mean opens",
            trigger: ".o_po_intake_lines .o_data_row:nth-child(2) td[name=description]",
            run() {
                this.anchor.focus();
            },
        },
        {
            trigger: ".o_po_intake_lines .o_data_row:nth-child(2) td[name=description]:focus",
            run: "press Enter",
        },
        {
            trigger: ".o_po_intake_lines .o_selected_row [name=product_id] input",
            run() {
                this.anchor.focus();
            },
        },
        {
            content: "Take the best one",
            trigger: ".o_po_intake_candidate:contains(Sealing ring) .ui-state-active",
        },
        {
            trigger: ".o_po_intake_lines .o_selected_row [name=product_id] input",
            run: "press Enter",
        },
        {
            trigger:
                ".o_po_intake_lines .o_data_row:nth-child(2) [name=product_id] input:value(Sealing ring)",
            run: "press Alt+x",
        },
        {
            content: "It was the last card: back on the board",
            trigger: ".o_po_intake_board .o_kanban_group:contains(Done) .o_kanban_record",
        },
    ],
});
