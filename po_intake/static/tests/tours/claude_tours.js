import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("po_intake_second_look", {
    steps: () => [
        {
            content: "The order number was misread; put the cursor there",
            trigger: ".o_field_widget[name=order_reference] input",
            run: "click",
        },
        {
            content: "Have Claude look for it",
            trigger: ".o_po_intake_pane_hint .o_po_intake_ask",
            run: "click",
        },
        {
            content: "What stands on the page is in the field",
            trigger: ".o_field_widget[name=order_reference] input:value(PO-1001)",
        },
        {
            content: "Have the page read again",
            trigger: ".o_po_intake_pane_bar .o_po_intake_ask",
            run: "click",
        },
        {
            content: "It costs a call, and lines are replaced",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Its lines are there",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Sealing ring red)",
        },
    ],
});
