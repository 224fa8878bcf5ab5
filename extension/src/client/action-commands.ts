import * as vscode from "vscode";
import type { Location } from "vscode-languageserver-types";
import { commands } from "../shared/requests.js";
import type { DependencyOffer } from "./dependency-offer.js";

/** Offers the commands that quick fixes carry out. */
export function addActionCommands(
  dependencyOffer: DependencyOffer,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      commands.openDocumentation,
      (address: string) => vscode.env.openExternal(vscode.Uri.parse(address)),
    ),
    vscode.commands.registerCommand(commands.offerDependency, (uri: string) =>
      dependencyOffer.make(vscode.Uri.parse(uri)),
    ),
    vscode.commands.registerCommand(commands.showPath, showPath),
  );
}

function showPath(
  uri: string,
  start: Location["range"]["start"],
  steps: readonly Location[],
): Thenable<unknown> {
  return vscode.commands.executeCommand(
    "editor.action.peekLocations",
    vscode.Uri.parse(uri),
    new vscode.Position(start.line, start.character),
    steps.map(
      ({ uri: stepUri, range }) =>
        new vscode.Location(
          vscode.Uri.parse(stepUri),
          new vscode.Range(
            range.start.line,
            range.start.character,
            range.end.line,
            range.end.character,
          ),
        ),
    ),
    "peek",
  );
}
