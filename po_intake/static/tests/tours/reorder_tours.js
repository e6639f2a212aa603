import { registry } from "@web/core/registry";
import { openCard } from "./intake_tours";

registry.category("web_tour.tours").add("po_intake_reorder", {
    steps: () => [
        {
            content: "The card says what runs out, and when to order",
            trigger: ".o_kanban_record:contains(Steel Works):contains(Bolt):contains(Order by)",
        },
        ...openCard("To review", "Steel Works"),
        {
            content: "It has no document beside it",
            trigger: ".o_po_intake_form:not(:has(.o_po_intake_pane)) .o_data_row:contains(Bolt)",
        },
        {
            content: "Why",
            trigger: ".o_notebook a[name=why]",
            run: "click",
        },
        {
            content: "Chart and words",
            trigger: "details:contains(on hand):has(.o_po_intake_chart svg)",
        },
        {
            trigger: ".o_notebook a[name=reorder_lines]",
            run: "click",
        },
        {
            content: "Another quantity",
            trigger: ".o_data_row td[name=quantity]",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=quantity] input",
            run: "edit 500 && press Tab",
        },
        {
            content: "It is asked why",
            trigger: ".o_selected_row [name=change_reason].o_required_modifier",
        },
        {
            trigger: ".o_selected_row [name=change_reason] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Demand will be higher)",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=change_reason] input:value(Demand will be higher)",
        },
        {
            content: "Approve",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            content: "What was proposed stands beside what is ordered, and why",
            trigger:
                ".o_data_row:contains(500.00) [name=po_intake_change_reason]:contains(Demand will be higher)",
        },
        {
            content: "The reasons",
            trigger: ".o_notebook a[name=po_intake_why]",
            run: "click",
        },
        {
            trigger: ".o_po_intake_reason:contains(Bolt)",
        },
        {
            trigger: "details .o_po_intake_chart svg",
        },
    ],
});
