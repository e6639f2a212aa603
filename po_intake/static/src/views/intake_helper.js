import { onWillStart } from "@odoo/owl";

import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { ActionHelper } from "@web/views/action_helper";

/** What a board without cards says: how orders come in, and one to try. */
export class IntakeHelper extends ActionHelper {
    static template = "po_intake.Helper";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        onWillStart(async () => {
            this.isManager = await user.hasGroup("po_intake.group_po_intake_manager");
        });
    }

    /** Nothing has arrived yet; otherwise it is the search that finds nothing. */
    get isFirst() {
        return this.props.noContentHelp && !this.env.searchModel.facets.length;
    }

    async onTry() {
        this.action.doAction(await this.orm.call("po.intake", "action_try_sample"));
    }

    onTeam() {
        this.action.doAction("po_intake.po_intake_team_action");
    }
}
