package dev.assay.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource method that takes no API key because what it is sent is signed, and that checks the signature itself
 * before anything else: a link in a notification, another system's webhook. There is no current caller in it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SignedAccess {}
