package dev.assay.alert.app;

/** A name that another rule or receiver of the project has. */
public final class NameTaken extends RuntimeException {
    public NameTaken(String name) {
        super("the name is taken: " + name, null, false, false);
    }
}
