"""What an imported questionnaire, or answers to it, may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class QuestionnaireFault(Fault):
    """What an imported questionnaire, or answers to it, may be refused for."""

    FORM_UNKNOWN = (
        "form.unknown",
        "this is no questionnaire format that can be read; see docs/reference/formats.md for those that can",
    )
    FORM_NOT_JSON = ("form.not_json", "this is not valid JSON ({why}); export the questionnaire again")
    FORM_NOT_XML = ("form.not_xml", "this is not complete XML ({why}); export the questionnaire again")
    FORM_XML_UNSAFE = (
        "form.xml_unsafe",
        "the XML defines entities, which can be used to harm; export it again without them",
    )
    FORM_WRONG_KIND = (
        "form.wrong_kind",
        "this is a {found}, and a {expected} is needed; choose another file",
    )
    FORM_FIELD = ("form.field", "the entry '{field}' {complaint}; correct the file")
    FORM_EMPTY = ("form.empty", "the file holds no question; choose another file")
    FORM_CODE_TWICE = (
        "form.code_twice",
        "two questions are called '{code}'; give each question a name of its own",
    )
    FORM_OPTION_TWICE = (
        "form.option_twice",
        "the question '{code}' has the answer option '{option}' twice; take one out",
    )
    FORM_OPTIONS = (
        "form.options",
        "the options of '{code}' cannot be read at '{text}'; write them as 0, No | 1, Yes",
    )
    FORM_NO_OPTIONS = ("form.no_options", "the question '{code}' asks to choose but has no options; add them")
    FORM_VALUE_TWICE = (
        "form.value_twice",
        "the option '{option}' of '{code}' has two different values; keep one",
    )
    FORM_REFERENCE = (
        "form.reference",
        "'{name}' is referred to but is not there; nothing is fetched, so add it to the file or its folder",
    )
    FORM_REFERENCE_OUTSIDE = (
        "form.reference_outside",
        "'{name}' points outside the folder of the questionnaire; keep all its files inside",
    )
    FORM_RANGE = (
        "form.range",
        "'{code}' claims values from {claimed} and its {parts} give {actual}; correct the one that is wrong",
    )
    FORM_RANGE_REVERSED = (
        "form.range_reversed",
        "the lowest value of '{code}' is above its highest; correct it",
    )
    FORM_REPEAT = (
        "form.repeat",
        "'{code}' repeats, so one person may answer it several times, which a table of answers cannot hold",
    )
    FORM_GROUPS = ("form.groups", "a group is closed that was not opened, or opened and never closed")
    FORM_LANGUAGE = ("form.language", "there is no text in '{language}'; the languages are {languages}")
    FORM_SELF_HARM = (
        "form.self_harm",
        (
            "'{code}' asks about suicide or self-harm; nobody reads answers here in time to help, "
            "so it must not be asked; leave it out by naming it"
        ),
    )
    FORM_NOT_THERE = (
        "form.not_there",
        "there is no question '{code}' to leave out; the questions are {codes}",
    )
    FORM_NOT_SCORED = (
        "form.not_scored",
        "the option '{option}' of '{code}' has no number, so answers cannot be scored; add the values",
    )
    FORM_KEY_COUNT = (
        "form.key_count",
        "there are {found} scored questions and '{pack}' has {expected}; choose those that belong to it",
    )
    FORM_KEY_ORDER = (
        "form.key_order",
        "'{code}' stands in place {place} and its number says {number}; put the questions in order",
    )
    FORM_KEY_RANGE = (
        "form.key_range",
        "the answers to '{code}' run from {found} and the key of '{pack}' from {expected}; they do not fit",
    )
    ANSWERS_OTHER_FORM = (
        "answers.other_form",
        "the answers belong to the questionnaire '{found}' and not to '{expected}'",
    )
    ANSWERS_UNKNOWN_QUESTION = (
        "answers.unknown_question",
        "the answers name the question '{code}', which the questionnaire does not have",
    )
    ANSWERS_UNKNOWN_OPTION = (
        "answers.unknown_option",
        "'{value}' is not among the options of '{code}', which are {options}",
    )
    ANSWERS_KIND = ("answers.kind", "the answer to '{code}' is of another kind than the question asks for")
    ANSWERS_SEVERAL = ("answers.several", "'{code}' is answered {times} times and allows one answer")
    ANSWERS_CHECKBOX = (
        "answers.checkbox",
        "'{value}' is not a tick box value, which is 0, 1 or empty",
    )
