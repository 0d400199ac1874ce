package dev.assay.platform.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Another way to write a problem, for the paths of a protocol that has its own (OTLP: {@code google.rpc.Status}). A bean of
 * this type is asked first.
 */
public interface ProblemForm {
    /** The answer in this form, or empty if the request is not of this protocol. */
    Optional<Response> render(ContainerRequestContext request, Problem problem);
}
