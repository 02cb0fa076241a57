"""English sentences about files that people exchange and their rows."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "file.not_found": (
        "there is no file {file}",
        "check its name",
    ),
    "file.is_folder": (
        "{file} is a folder",
        "name a file in it",
    ),
    "file.unreadable": (
        "{file} can't be read[: {reason}]",
        "check the rights of the file",
    ),
    "file.empty": (
        "{file} is empty",
        "check that it was exported whole",
    ),
    "file.binary": (
        "{file} is not a table of text",
        "save it as .csv or .xlsx",
    ),
    "file.foreign": (
        "{file} is not a table that can be read[: it is {kind}]",
        "save it as .csv or .xlsx",
    ),
    "file.too_large": (
        "{file} is larger than {limit}",
        "split it",
    ),
    "file.too_many_rows": (
        "{file} has more than {limit} rows",
        "split it",
    ),
    "file.cell_too_large": (
        "{file}, row {row}: a cell is too large",
        "shorten it; perhaps a quotation mark is missing",
    ),
    "file.unclosed_quote": (
        "{file}: a quotation mark that opens before row {row} never closes",
        "close it, or remove it",
    ),
    "file.encoding": (
        "{file}[, line {line}]: not {encoding}",
        "say the encoding with `--encoding`, or save the file as UTF-8",
    ),
    "file.unknown_encoding": (
        "there is no encoding {encoding}",
        "use utf-8 or gb18030",
    ),
    "file.no_header": (
        "{file} has no line of headings[; found: {found}]",
        "the first row, or the one below the title, must name the columns[: {missing}]",
    ),
    "file.missing_column": (
        "{file} lacks a column: {missing}[; found: {found}]",
        "add it, or rename one",
    ),
    "file.ambiguous_column": (
        "{file} has two columns of one meaning: {ambiguous}",
        "rename or remove one of them",
    ),
    "file.headers": (
        "the columns of {file} do not fit: missing {missing}; twice: {ambiguous}",
        "rename the columns",
    ),
    "file.broken_xlsx": (
        "{file} is damaged, or no real .xlsx",
        "open it in a spreadsheet program and save it anew",
    ),
    "file.unsafe_xlsx": (
        "{file} is not safe to open[ ({reason}, limit {limit})]",
        "save the needed rows in a new file",
    ),
    "file.exists": (
        "{file} exists already",
        "choose another name, or remove it first",
    ),
    "file.write": (
        "{file} can't be written[: {why}]",
        "check the room and the rights there",
    ),
    "row.columns": (
        "the row has {cells} cells, but there are {headers} headings",
        "perhaps a cell with a comma needs quotation marks",
    ),
    "row.header_again": (
        "the headings stand here once more",
        "remove the row",
    ),
    "row.missing": (
        "{column} is empty",
        "fill it in",
    ),
    "row.nul": (
        "[{column}: ]holds a character that no text has",
        "write it anew",
    ),
    "row.too_long": (
        "[{column}: ]has {length} characters, at most {limit} are possible",
        "shorten it",
    ),
    "row.cell_error": (
        "[{column}: ]{given} is an error of the spreadsheet",
        "mend the cell",
    ),
    "row.scientific": (
        "[{column}: ]{given} has lost digits in a spreadsheet",
        "format the column as text and paste the number anew",
    ),
    "row.float_id": (
        "[{column}: ]{given} is a spreadsheet number and may have lost digits",
        "format the column as text and paste the number anew",
    ),
    "row.identifier": (
        "[{column}: ]{given} can't be a number or a code",
        "check the cell",
    ),
    "row.quantity": (
        "[{column}: ]{given} is not a whole number above zero",
        "write 1, 2, 3 …",
    ),
    "row.formula": (
        "[{column}: ]holds a formula",
        "paste its value instead",
    ),
    "row.date": (
        "[{column}: ]{given} is a date of the spreadsheet",
        "format the column as text and fill it in anew",
    ),
    "file.disk": (
        "{file} can't be written: the disk is full or refuses[ ({reason})]",
        "make room, or choose another place",
    ),
    "file.unwritable": (
        "{file} can't be written[: {reason}]",
        "check the rights of the folder, or choose another place",
    ),
}
