/** How severities look: each has a shape of its own, colour only repeats it. */
export const SEVERITIES = {
    blocking: { icon: "fa-times-circle", tag: "o_tag_color_1", text: "text-danger" },
    warning: { icon: "fa-exclamation-triangle", tag: "o_tag_color_2", text: "text-warning" },
    info: { icon: "fa-info-circle", tag: "o_tag_color_4", text: "text-info" },
};

/** What the widgets need to know of a finding. */
export const RELATED_FIELDS = [
    { name: "display_name", type: "char" },
    { name: "code", type: "char" },
    { name: "message", type: "char" },
    {
        name: "severity",
        type: "selection",
        selection: Object.keys(SEVERITIES).map((key) => [key, key]),
    },
    { name: "waived_by_id", type: "many2one" },
];

/**
 * Findings that say the same of several lines, together; their order is kept, the worst are first.
 *
 * @param {Object[]} records of po.intake.finding
 */
export function groupFindings(records) {
    const groups = new Map();
    for (const { data, resId } of records) {
        const waived = data.waived_by_id ? data.waived_by_id.display_name : "";
        const key = [data.severity, data.code, waived].join(" ");
        if (!groups.has(key)) {
            const { display_name: title, code, severity } = data;
            const style = SEVERITIES[severity] || SEVERITIES.info;
            groups.set(key, { key, title, code, severity, waived, style, ids: [], messages: [] });
        }
        groups.get(key).ids.push(resId);
        groups.get(key).messages.push(data.message);
    }
    return [...groups.values()];
}
