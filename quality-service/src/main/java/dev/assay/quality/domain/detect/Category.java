package dev.assay.quality.domain.detect;

/** What a word can be to a {@link Rule}. */
enum Category {
    OVERRIDE,
    PRIOR,
    INSTRUCTION,
    REVEAL,
    SYSTEM,
    SECRET,
    ROLE,
    UNRESTRICTED,
    LIMIT,
    WITHOUT,
    ENCODING,
    YOU,
    SELF,
    IDENTITY,
    NEGATIVE,
    VIOLENCE,
    SEXUAL,
    SELF_HARM,
    INSULT,
    DEHUMANISING,
    MUST,
    CANNOT,
    HELP,
    REGRET,
    ETHICS,
    CRIME,
    WEAPON,
    DRUG,
    CYBER,
    VICTIM,
    MACHINE,
    ALLNESS,
    STOPWORD,
    PERSONAL,
    NEGATION,
    ASSISTANT,
    STRESS,
    WEIGHTY,
    RESPECT,
    TURN_TO,
    CARE;

    long bit() {
        return 1L << ordinal();
    }
}
