/** The size of the picture in the README. */
export const pictureSize = { width: 1100, height: 660 };

/** User settings that leave of the workbench what the picture is about. */
export const pictureSettings = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 17,
  "editor.lineHeight": 1.6,
  "editor.minimap.enabled": false,
  "editor.scrollbar.vertical": "hidden",
  "editor.overviewRulerBorder": false,
  "editor.hideCursorInOverviewRuler": true,
  "editor.matchBrackets": "never",
  "editor.occurrencesHighlight": "off",
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.layoutControl.enabled": false,
  "workbench.editor.editorActionsLocation": "hidden",
  "workbench.statusBar.visible": false,
};
