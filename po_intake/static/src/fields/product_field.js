import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { registry } from "@web/core/registry";
import { Many2One } from "@web/views/fields/many2one/many2one";
import { buildM2OFieldDescription, Many2OneField } from "@web/views/fields/many2one/many2one_field";
import { Many2XAutocomplete } from "@web/views/fields/relational_utils";

import { describeCandidates } from "./candidates";

/** Opens as soon as an empty cell is entered: with the keyboard as with the mouse. */
export class EagerAutoComplete extends AutoComplete {
    onInputFocus(ev) {
        super.onInputFocus(ev);
        if (!this.props.value && !this.isOpened) {
            this.justOpened = true;
            this.open();
        }
    }

    /** The click that brought the focus is not to close what the focus opened. */
    onInputClick() {
        const opened = this.justOpened && this.isOpened;
        this.justOpened = false;
        if (!opened) {
            super.onInputClick();
        }
    }

    /** The document beside the fields follows the focus: that it scrolls closes nothing. */
    externalClose(ev) {
        const pane = ev.type === "scroll" && ev.target.closest?.(".o_po_intake_pane");
        if (!pane) {
            super.externalClose(ev);
        }
    }
}

/** The products that were found for a line stand above those that a search finds. */
export class CandidateAutocomplete extends Many2XAutocomplete {
    static components = { ...Many2XAutocomplete.components, AutoComplete: EagerAutoComplete };
    static props = { ...Many2XAutocomplete.props, candidates: { type: Array, optional: true } };

    get sources() {
        const { candidates = [] } = this.props;
        const found = {
            options: (request) => this.candidateOptions(candidates, request),
            optionSlot: "option",
        };
        return candidates.length ? [found, ...super.sources] : super.sources;
    }

    candidateOptions(candidates, request) {
        const wanted = request === this.props.value ? "" : request.toLowerCase();
        return candidates
            .filter(({ name }) => name.toLowerCase().includes(wanted))
            .map((candidate) => ({
                label: candidate.name,
                cssClass: "o_po_intake_candidate",
                data: { slotName: "candidate", candidate },
                onSelect: () =>
                    this.props.update([{ id: candidate.id, display_name: candidate.name }]),
            }));
    }
}

export class CandidateMany2One extends Many2One {
    static components = { ...Many2One.components, Many2XAutocomplete: CandidateAutocomplete };
    static props = { ...Many2One.props, candidates: { type: Array, optional: true } };

    get many2XAutocompleteProps() {
        return { ...super.many2XAutocompleteProps, candidates: this.props.candidates };
    }
}

/** The product of a line: opens the best candidates, each with how sure it is, and why. */
export class IntakeProductField extends Many2OneField {
    static template = "po_intake.ProductField";
    static components = { Many2One: CandidateMany2One };

    get m2oProps() {
        return { ...super.m2oProps, candidates: describeCandidates(this.props.record) };
    }
}

registry.category("fields").add("po_intake_product", {
    ...buildM2OFieldDescription(IntakeProductField),
    fieldDependencies: [
        { name: "candidates", type: "json" },
        { name: "currency_id", type: "many2one", relation: "res.currency" },
    ],
});
