package dev.assay.quality.domain.detect;

import static dev.assay.quality.domain.detect.Category.*;

/**
 * A lexical pattern: a word of each of its categories close together, in any order unless {@code ordered}.
 *
 * <p>How much a rule says about a text is a weight in the model, learnt from data.
 */
public enum Rule {
    OVERRIDES_INSTRUCTIONS(8, true, OVERRIDE, INSTRUCTION),
    OVERRIDES_PRIOR(5, true, OVERRIDE, PRIOR),
    OVERRIDES_PRIOR_INSTRUCTIONS(7, true, OVERRIDE, PRIOR, INSTRUCTION),
    REVEALS_INSTRUCTIONS(8, true, REVEAL, INSTRUCTION),
    REVEALS_SYSTEM(6, true, REVEAL, SYSTEM),
    REVEALS_SECRET(8, true, REVEAL, SECRET),
    PLAYS_ROLE(3, true, ROLE, YOU),
    IS_TOLD_ROLE(5, true, YOU, ROLE),
    UNRESTRICTED_ROLE(12, false, ROLE, UNRESTRICTED),
    NAMES_UNRESTRICTED(1, false, UNRESTRICTED),
    LIFTS_LIMITS(5, true, WITHOUT, LIMIT),
    ENCODES(1, false, ENCODING),
    ALL_PRIOR(4, true, ALLNESS, PRIOR),
    SYSTEM_INSTRUCTION(3, true, SYSTEM, INSTRUCTION),
    MUST_BY_YOU(3, true, YOU, MUST),

    GROUP_SCORNED(9, false, IDENTITY, NEGATIVE),
    GROUP_THREATENED(9, false, IDENTITY, VIOLENCE),
    GROUP_DEHUMANISED(9, false, IDENTITY, DEHUMANISING),
    GROUP_AND_SEX(9, false, IDENTITY, SEXUAL),
    GROUP_AND_CRIME(9, false, IDENTITY, CRIME),
    GROUP_MUST(5, true, IDENTITY, MUST),
    YOU_INSULTED(5, false, YOU, INSULT),
    YOU_THREATENED(4, false, YOU, VIOLENCE),
    INSULTS(1, false, INSULT),
    SCORNS(1, false, NEGATIVE),
    THREATENS(1, false, VIOLENCE),
    SEXUAL_WORDS(1, false, SEXUAL),
    SELF_HARM_WORDS(1, false, SELF_HARM),
    HARMS_SELF(3, true, VIOLENCE, SELF),
    DEHUMANISES(1, false, DEHUMANISING),

    CANNOT_HELP(6, true, CANNOT, HELP),
    REGRETS(1, false, REGRET),
    REGRETS_AND_CANNOT(10, true, REGRET, CANNOT),
    NAMES_ETHICS(1, false, ETHICS),

    CRIMINAL(1, false, CRIME),
    ARMED(1, false, WEAPON),
    DRUGGED(1, false, DRUG),
    CYBER_CRIME(8, false, CRIME, CYBER),
    CRIME_ON_VICTIM(8, false, CRIME, VICTIM),
    VIOLENCE_ON_VICTIM(8, false, VIOLENCE, VICTIM),
    VIOLENCE_ON_MACHINE(6, false, VIOLENCE, MACHINE),

    CALLS_UNETHICAL(4, true, NEGATION, ETHICS),
    STRESSES_ETHICS(14, true, STRESS, ETHICS),
    ASSISTANT_STRESSES(4, true, ASSISTANT, STRESS),
    URGES_RESPECT(5, true, WEIGHTY, RESPECT),
    POINTS_TO_CARE(7, true, TURN_TO, CARE);

    private final int within;
    private final boolean ordered;
    private final Category[] parts;

    Rule(int within, boolean ordered, Category... parts) {
        this.within = within;
        this.ordered = ordered;
        this.parts = parts;
    }

    /** The number of this rule's bit in a set of fired rules. */
    long bit() {
        return 1L << ordinal();
    }

    int within() {
        return within;
    }

    boolean ordered() {
        return ordered;
    }

    Category[] parts() {
        return parts;
    }
}
