import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const files = (...names) => names.map((name) => new File([name], name, { type: "text/plain" }));

const waits = (count) =>
    `.o_po_intake_strip [data-filter=waiting]:contains(${count}):contains(Waiting)`;

registry.category("web_tour.tours").add("po_intake_bulk_approve", {
    steps: () => [
        {
            content: "Two cards wait; show them",
            trigger: waits(2),
            run: "click",
        },
        {
            content: "The figure is a filter",
            trigger: ".o_searchview_facet:contains(Waiting)",
        },
        {
            content: "What was rejected is not among them",
            trigger: ".o_list_view:not(:contains(Rejected before))",
        },
        {
            content: "Take all of them",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: "button[name=action_approve_sure]",
            run: "click",
        },
        {
            content: "It is told which one was left, and why",
            trigger: ".o_notification:contains(1 order(s) drafted):contains(Unknown product)",
        },
        {
            content: "The figures follow",
            trigger: waits(1),
        },
        {
            trigger: ".o_data_row:contains(Unknown product)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_sample", {
    steps: () => [
        {
            content: "An empty board explains itself",
            trigger: ".o_view_nocontent:contains(Drop an order here) .o_po_intake_try",
            run: "click",
        },
        {
            content: "The sample is shown",
            trigger: ".o_po_intake_form .o_po_intake_page img",
        },
    ],
});

/** Files that are pasted anywhere on a view. */
const paste = (trigger, ...names) => ({
    content: `Paste ${names}`,
    trigger,
    run() {
        const clipboardData = new DataTransfer();
        files(...names).forEach((file) => clipboardData.items.add(file));
        this.anchor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    },
});

registry.category("web_tour.tours").add("po_intake_paste", {
    steps: () => [
        paste(".o_po_intake_board", "first.txt", "second.txt"),
        {
            trigger: ".o_notification:contains(2 documents were uploaded)",
        },
        {
            trigger: ".o_kanban_record:contains(second.txt)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_paste_on_sales", {
    steps: () => [
        paste(".o_list_view .o_list_renderer", "order.txt"),
        {
            trigger: ".o_po_intake_form .o_arrow_button_current:contains(New)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_first_steps", {
    steps: () => [
        {
            content: "What to set up stands above the board",
            trigger: ".o_po_intake_first_steps button:contains(Set the address)",
            run: "click",
        },
        {
            trigger: ".modal [name=alias_name] input",
            run: "edit purchase-orders",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_po_intake_first_steps:contains(1 of 4)",
        },
        {
            content: "No model is wanted",
            trigger: ".o_po_intake_first_steps button:contains(Go on offline)",
            run: "click",
        },
        {
            trigger: ".o_po_intake_first_steps:contains(2 of 4)",
        },
        {
            trigger: ".o_po_intake_first_steps .btn-close",
            run: "click",
        },
        {
            trigger: "body:not(:has(.o_po_intake_first_steps))",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_upload_from_sales", {
    steps: () => [
        {
            content: "Sales offers to upload",
            trigger: ".o_control_panel button:contains(Upload)",
            run: () => inputFiles(".document_file_uploader.o_input_file", files("order.txt")),
        },
        {
            content: "What was uploaded is an intake",
            trigger: ".o_po_intake_form .o_arrow_button_current:contains(New)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_upload_from_purchase", {
    steps: () => [
        {
            content: "Purchase offers to upload",
            trigger: ".o_control_panel button:contains(Upload)",
            run: () => inputFiles(".document_file_uploader.o_input_file", files("offer.txt")),
        },
        {
            trigger: ".o_po_intake_form .o_arrow_button_current:contains(New)",
        },
    ],
});
