package dev.assay.platform.web;

import dev.assay.platform.tenancy.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scope that a caller needs for a resource. A resource without it answers nobody. The method's beats the class's. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresScope {
    /** Any one of these is enough. */
    Scope[] value();
}
