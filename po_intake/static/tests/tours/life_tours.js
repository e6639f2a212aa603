import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("po_intake_where_is_my_order", {
    steps: () => [
        {
            content: "The card says where its order is",
            trigger: ".o_kanban_record:contains(PO-1001):contains(Shipped)",
            run: "click",
        },
        {
            content: "The form says how it came there",
            trigger: ".o_po_intake_stage[data-stage=packed][data-state=done]",
        },
        {
            content: "It is not invoiced yet",
            trigger: ".o_po_intake_stage[data-stage=invoiced][data-state=open]",
        },
        {
            content: "What was shipped is one click away",
            trigger: ".o_po_intake_stage[data-stage=shipped] a",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=origin], .breadcrumb-item:contains(PO-1001)",
        },
        {
            content: "It is the transfer",
            trigger: ".o_form_view .o_statusbar_status:contains(Done)",
        },
    ],
});
